import OrderedJSON
import Testing

@testable import DataForge

@Suite("The JSON in a reply")
struct JSONReplyTests {
  @Test(
    "is found in prose, fences and thoughts",
    arguments: [
      #"{"a":1}"#, " \n{\"a\":1}\n", "```json\n{\"a\":1}\n```", "```\n{\"a\":1}```",
      "Sure! Here it is:\n\n{\"a\": 1}\nEnjoy.",
      "<think>maybe {\"a\":2}?</think>\n{\"a\":1}", "See [1] and [2]: {\"a\":1}", "{my answer} {\"a\":1}", #"{"a":1,}"#,
      #"{"a":1}}"#, "{ it's \"quoted\": {\"a\":1}", "{\"a\":1}\n{", #"He said "{" and then {"a":1}"#,
      "Schema {\"type\":\"object\",\"x\":[1,2,3]}. Answer:\n```json\n{\"a\":1}\n```",
    ])
  func found(text: String) {
    #expect(JSONReply.parse(text) == ["a": 1])
  }

  @Test("keeps the order of its keys and may be an array or a bare value")
  func forms() {
    #expect(
      JSONReply.parse("x {\"b\":1,\"a\":[true,null,-1.5e3]}")?.serialized() == #"{"b":1,"a":[true,null,-1500.0]}"#)
    #expect(JSONReply.parse("[1,[2],]") == [1, [2]])
    #expect(JSONReply.parse("42") == 42)
  }

  @Test("has its strings put right where they can mean only one thing")
  func strings() {
    #expect(JSONReply.parse("{\"a\":\"one\ntwo\tthree\u{1}\"}") == ["a": "one\ntwo\tthree\u{1}"])
    #expect(JSONReply.parse(#"{"a":"it\'s \(x) \$5 \u12"}"#)?["a"]?.stringValue == #"it's \(x) \$5 \u12"#)
    #expect(JSONReply.parse(#"{"a":"\u00e9\\ \"q\"",}"#) == ["a": "é\\ \"q\""])
    #expect(JSONReply.parse("{\"a\":\"{[}\\\"]\",}") == ["a": "{[}\"]"])
  }

  @Test(
    "is not made up",
    arguments: [
      "", "no JSON here", "{", "[", "{'a': 1}", "{\"a\": yes}", "{\"a\" 1}", "[1 2]", "[,1]", "[1,,2]", "{\"a\":1]",
      #"{"a": "he said "no" to it"}"#, "{a: 1}", "}{", #"["\uD800"]"#,
    ])
  func none(text: String) {
    #expect(JSONReply.parse(text) == nil)
  }

  @Test(
    "of a reply that was cut off keeps the complete elements",
    arguments: [
      (#"{"pairs":[{"q":"a"},{"q":"b"},{"q":"cu"#, #"{"pairs":[{"q":"a"},{"q":"b"}]}"#),
      (#"{"pairs":[{"q":"a"},"#, #"{"pairs":[{"q":"a"}]}"#), (#"{"pairs":[{"q":"a"}"#, #"{"pairs":[{"q":"a"}]}"#),
      (#"{"pairs":[{"q":"a"}]"#, #"{"pairs":[{"q":"a"}]}"#),
      (#"{"n":1,"a":[1,2],"b":[3,4"#, #"{"n":1,"a":[1,2],"b":[3]}"#),
      (#"```json"# + "\n" + #"[{"t":[1,2]},{"t":[3"#, #"[{"t":[1,2]}]"#),
      (#"See [1]: {"x":{"p":["a","b\"#, #"{"x":{"p":["a"]}}"#), (#"{"a":[1,2],"note":"cut"#, #"{"a":[1,2]}"#),
      (#"{"a":1}"#, #"{"a":1}"#), (#"{"a":["x"#, "null"), (#"{"a":"x"#, "null"), ("prose", "null"),
    ])
  func truncated(text: String, kept: String) throws {
    let expected = try JSONValue(parsing: kept)
    #expect((JSONReply.parseTruncated(text) ?? .null) == expected)
  }

  /// Each of these makes a reader that starts again at every bracket take hours.
  @Test(
    "is sought in linear time whatever the reply holds", .timeLimit(.minutes(1)),
    arguments: [
      "{", "[", "{\"a\":", "[1,", "[\"", "{\"", "[[1],", "[{},", "<think>", "</think", "{\"a\":[", "[\\", "`[1]",
    ])
  func hostile(unit: String) {
    let text = String(repeating: unit, count: 200_000 / unit.utf8.count)
    _ = JSONReply.parse(text)
    _ = JSONReply.parseTruncated(text)
  }
}
