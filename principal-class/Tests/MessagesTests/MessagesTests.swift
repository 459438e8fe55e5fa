import BAMessages
import Foundation
import Testing

/// JSON in, JSON out, as the TypeScript side writes it.
@Suite struct MessagesTests {
  private func roundTrip<Value: Codable>(_ type: Value.Type, _ json: String) throws -> String {
    let value = try JSON.decode(type, from: Data(json.utf8))
    return String(decoding: try JSON.encode(value), as: UTF8.self)
  }

  @Test func whatCanBeNullIsWrittenAsNullAndWhatMayBeAbsentIsLeftOut() throws {
    let info = #"{"restrictedDownloadSizeRemaining":null,"restrictedEssentialDownloadSizeRemaining":9007199254740991}"#
    #expect(try roundTrip(ExtensionInfo.self, info) == info)
    let error = #"{"code":"BA_X","message":"no"}"#
    #expect(try roundTrip(GuestError.self, error) == error)
  }

  @Test func aUnionKeepsItsTagAndItsFields() throws {
    let claimed = #"{"bytes":3,"kind":"claimed","path":"a"}"#
    #expect(try roundTrip(SettledFile.self, claimed) == claimed)
    #expect(try JSON.decode(SettledFile.self, from: Data(claimed.utf8)) == .claimed(.init(path: "a", bytes: 3)))
    #expect(try roundTrip(SettledFile.self, #"{"kind":"deleted"}"#) == #"{"kind":"deleted"}"#)
    let call = #"{"before":null,"name":"acquireExclusiveControl"}"#
    #expect(try roundTrip(SystemCall.self, call) == call)
    #expect(try roundTrip(HostReply.self, #"{"ok":true,"value":null}"#) == #"{"ok":true,"value":null}"#)
    #expect(try roundTrip(ChallengeAnswer.self, #"{"disposition":"cancelChallenge"}"#) == #"{"disposition":"cancelChallenge"}"#)
  }

  @Test func aPayloadNamedLikeAMessageHoldsTheMessage() throws {
    let json = #"{"call":{"name":"currentDownloads"},"id":7,"kind":"systemCall"}"#
    #expect(try roundTrip(ExtensionChildFrame.self, json) == json)
  }

  @Test func errorsNest() throws {
    let inner = #"{"code":-1,"domain":"b","message":"i","name":null,"underlying":null,"userInfo":{}}"#
    let outer = #"{"code":2,"domain":"a","message":"o","name":"n","underlying":\#(inner),"userInfo":{"k":[1,null]}}"#
    #expect(try roundTrip(DownloadError.self, outer) == outer)
  }

  @Test func anErrorOfAHandlerMayHoldAnything() throws {
    let thrown = #"{"code":7,"message":["a",null,{}],"hint":1,"stack":{},"systemError":"no"}"#
    #expect(try roundTrip(GuestError.self, thrown) == #"{"code":"7","message":"a,,[object Object]"}"#)
    #expect(throws: DecodingError.self) { try JSON.decode(GuestError.self, from: Data(#"{"code":"BA_X"}"#.utf8)) }
  }

  @Test func unknownFieldsAreToleratedAndUnknownKindsAreNot() throws {
    #expect(try roundTrip(LogEntry.self, #"{"level":"default","message":"","more":1,"source":"system"}"#)
      == #"{"level":"default","message":"","source":"system"}"#)
    #expect(throws: DecodingError.self) { try JSON.decode(GuestEvent.self, from: Data(#"{"kind":"dream"}"#.utf8)) }
    #expect(throws: DecodingError.self) { try JSON.decode(LogLevel.self, from: Data(#""loud""#.utf8)) }
  }

  @Test(arguments: [
    "null", "true", "false", "0", "-1", "9007199254740993", "1.5", #""""#, #""\"\\\n é 😀""#, "[]", "{}",
    #"{"a":[1,{"b":null}],"c":false}"#,
  ])
  func anyValueComesBack(_ json: String) throws {
    #expect(try roundTrip(JSONValue.self, json) == json)
  }

  @Test func wholeNumbersAreIntegersAndTrueIsNone() throws {
    #expect(try JSON.decode(JSONValue.self, from: Data("1".utf8)) == .integer(1))
    #expect(try JSON.decode(JSONValue.self, from: Data("true".utf8)) == .bool(true))
    #expect(try JSON.decode(JSONValue.self, from: Data("1e300".utf8)) == .number(1e300))
  }

  @Test func aNumberThatJSONHasNoWordsForIsAnError() {
    #expect(throws: EncodingError.self) { try JSON.encode(JSONValue.number(.nan)) }
  }

  @Test func textsAreQuotedAsJavaScriptQuotesThem() {
    #expect(JSON.quoted("a\"b\\c\n\t\u{1}é") == #""a\"b\\c\n\t\u0001é""#)
  }
}
