import Foundation
import System
import Testing

@Suite struct SystemTests {
  @Test func opensReadsCloses() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data("text".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let descriptor = try FileDescriptor.open(FilePath(file.path), .readOnly)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(try bytes.withUnsafeMutableBytes { try descriptor.read(into: $0) } == 4)
    #expect(Array(bytes.prefix(4)) == Array("text".utf8))
    try descriptor.close()
    #expect(throws: Errno.badFileDescriptor) { try descriptor.close() }
    #expect(throws: Errno.noSuchFileOrDirectory) { try FileDescriptor.open("/nothing/here", .readOnly) }
  }

  @Test func paths() {
    #expect(FilePath("a").appending("b").string == "a/b")
    #expect(("/" as FilePath).appending("b") == "/b")
    #expect(FilePath().isEmpty && FilePath("/a").isAbsolute)
  }
}
