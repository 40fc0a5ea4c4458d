import OrderedJSON
import Testing

@testable import DataForge

/// Texts whose dialect is not known.
@Suite struct GeneralCheckTests {
  static let row: [JSONValue] = [
    ["role": "system", "content": "Be brief."], ParseBackTests.user,
    ParseBackTests.call(["city": "Oslo \"S\"", "days": 2]), ["role": "tool", "content": "rain\nall day"],
    ["role": "assistant", "content": "Rain.", "reasoning_content": "It says rain."],
  ]

  @Test func everythingIsFoundAsItIsOrEscaped() {
    let text = #"""
      @sys Be brief. @you Weather? @me get_weather(city="Oslo \"S\"", days=2) @tool "rain\nall day" @me (It says rain.) Rain.
      """#
    #expect(ParseBackTests.losses(nil, Self.row, text) == [])
  }

  @Test func whatIsMissingIsALossThatSaysHowItWasLookedFor() {
    let losses = ParseBackTests.losses(nil, Self.row, "@you Weather? @me get_weather(days=2) Rain.")
    #expect(losses.map(\.kind) == [.system, .reasoning, .result, .argument])
    #expect(losses.last?.path == "/messages/2/tool_calls/0/function/arguments/city")
    #expect(losses.allSatisfy { $0.reason.contains("not known") })
  }

  @Test func theOrderCounts() {
    let row: [JSONValue] = [["role": "user", "content": "first"], ["role": "user", "content": "second"]]
    #expect(ParseBackTests.losses(nil, row, "second first").map(\.path) == ["/messages/1/content"])
  }

  @Test func aCallInAFormOfItsOwnIsFoundBesideTheText() {
    let text = ParseBackTests.chatML(("user", "Weather?"), ("assistant", "<run>get_weather(city=Oslo)</run>"))
    #expect(
      ParseBackTests.losses("chatml", [ParseBackTests.user, ParseBackTests.call(["city": "Oslo"])], text)
        .filter { $0.kind == .call } == [])
  }
}
