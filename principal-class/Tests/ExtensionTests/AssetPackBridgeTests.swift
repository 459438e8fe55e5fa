import BAExtension
import BAMessages
@_spi(BASimulation) import BackgroundAssets
import Foundation
import Testing

@Suite struct AssetPackBridgeTests {
  private func record(
    size: Int = 10, language: Locale.Language? = nil, userInfo: Data? = nil
  ) -> AssetPackRecord {
    AssetPackRecord(
      AssetPack(
        id: "Tutorial", version: -3, downloadSize: size, language: language, userInfo: userInfo,
        description: "the pack"))
  }

  @Test func fields() {
    #expect(
      record()
        == AssetPackRecord(
          id: "Tutorial", version: -3, downloadSize: 10, language: nil, userInfo: nil, description: "the pack"))
  }

  @Test func sizes() {
    #expect(record(size: -1).downloadSize == 0)
    #expect(record(size: .max).downloadSize == .max)
  }

  // As the manifest names them: no subtag is added as likely, none is lost.
  @Test(arguments: ["en", "en-US", "zh-Hans", "zh-Hans-CN", "sr-Latn", "es-419", "fil", "und"])
  func languages(tag: String) {
    #expect(record(language: Locale.Language(identifier: tag)).language == tag)
  }

  @Test func userInfo() {
    #expect(record(userInfo: Data(#"{"a":"ü"}"#.utf8)).userInfo == #"{"a":"ü"}"#)
    #expect(record(userInfo: Data()).userInfo == "")
    // What is not UTF-8 is told as a text that no JSON parser takes, not as nothing.
    #expect(record(userInfo: Data([0x22, 0xff])).userInfo == "\"\u{FFFD}")
  }
}
