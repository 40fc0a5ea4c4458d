import OrderedJSON
import Testing

@Suite("Objects") struct JSONObjectTests {
  @Test func `set, replace and remove members, small and large`() {
    for size in [3, 16, 17, 18, 100, 1000] {
      var object = JSONObject((0..<size).map { ("key\($0)", .integer($0)) })
      #expect(object.count == size)
      for number in 0..<size { #expect(object["key\(number)"] == .integer(number)) }
      object["key1"] = "new"
      object["key0"] = nil
      #expect(object.count == size - 1)
      #expect(object["key0"] == nil)
      #expect(object["missing"] == nil)
      #expect(object.first?.key == "key1")
      #expect(object["key1"] == "new")
      #expect(object["key\(size - 1)"] == .integer(size - 1))
      object["key0"] = 7
      #expect(object.keys.last == "key0")
      #expect(object["key0"] == 7)
    }
  }

  @Test func `copies do not share changes`() {
    let original = JSONObject((0..<30).map { ("key\($0)", .integer($0)) })
    var copy = original
    copy["key29"] = nil
    copy["other"] = 1
    #expect(original["key29"] == 29)
    #expect(original["other"] == nil)
    #expect(copy["other"] == 1)
  }

  @Test func `equality and hash forget the order`() {
    for size in [2, 40] {
      let members = (0..<size).map { ("key\($0)", JSONValue.integer($0)) }
      let left = JSONObject(members), right = JSONObject(members.reversed())
      #expect(left == right)
      #expect(left.hashValue == right.hashValue)
      var other = right
      other["key0"] = 5
      #expect(left != other)
    }
  }

  @Test func `the canonical form forgets the order too, and sorts by code points`() {
    let left: JSONValue = ["b": 1, "a": ["z": 1.5, "y": []], "\u{FFFF}": 1, "\u{10000}": 2]
    let right: JSONValue = ["\u{10000}": 2, "\u{FFFF}": 1, "a": ["y": [], "z": 1.5], "b": 1]
    #expect(left.canonical() == right.canonical())
    #expect(left.canonical() == "{\"a\":{\"y\":[],\"z\":1.5},\"b\":1,\"\u{FFFF}\":1,\"\u{10000}\":2}")
  }

  /// Quadratic work would take minutes here.
  @Test func `a hundred thousand keys are no trouble`() throws {
    let text = "{" + (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
    let object = try #require(try JSONValue(parsing: text).objectValue)
    #expect(object.count == 100_000)
    #expect((0..<100_000).allSatisfy { object["k\($0)"] == .integer($0) })
  }
}
