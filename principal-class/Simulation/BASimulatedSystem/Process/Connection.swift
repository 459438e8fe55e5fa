import BAExtension
import BAMessages
import BAPrincipal
@_spi(BASimulation) import BackgroundAssets
import Foundation

/// The extension of this process, called as the system calls it: through Apple's protocol, from any thread.
final class Connection: @unchecked Sendable {
  // Nothing says that an extension may be used from several threads, and the system does it all the same.
  let instance: any BADownloaderExtension
  let writer: FrameWriter

  init(_ instance: any BADownloaderExtension, writer: FrameWriter) {
    self.instance = instance
    self.writer = writer
  }

  /// Returns at once; the reply is written when the extension has answered.
  func deliver(_ message: ExtensionParentFrame.Message) {
    if case .challenge(let challenge) = message.message {
      Task {
        let call = Call()
        let answer = await ExtensionPrincipal.$onReply.withValue(call.take) { await self.answer(challenge) }
        writer.write(.reply(.init(id: message.id, reply: call.reply(answer))))
      }
    } else {
      Thread.detachNewThread { [self] in
        let call = Call()
        let answer = ExtensionPrincipal.$onReply.withValue(call.take) { self.answer(message.message) }
        writer.write(.reply(.init(id: message.id, reply: call.reply(answer))))
      }
    }
  }
}

/// What the principal class tells of a call, beside what the extension returns. An extension that answers by itself
/// tells nothing.
private final class Call: Sendable {
  private let told = Locked<PrincipalReply?>(nil)

  var take: @Sendable (PrincipalReply) -> Void {
    { [told] reply in told.withLock { $0 = reply } }
  }

  func reply(_ answer: SystemAnswer) -> ExtensionReply {
    let told = told.withLock { $0 }
    return ExtensionReply(
      answer: answer,
      outcome: told?.outcome ?? .answered,
      durationMs: told?.durationMs ?? 0,
      file: told?.file,
      reoffered: told?.reoffered ?? [],
      notifications: told?.notifications ?? [],
      observations: told?.observations ?? [])
  }
}
