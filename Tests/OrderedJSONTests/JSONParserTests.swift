import OrderedJSON
import Testing

@Suite("Reading JSON") struct JSONParserTests {
  @Test func `keeps the order of keys and the form of numbers`() throws {
    let value = try JSONValue(parsing: #"{"b":1,"a":1.0,"c":18446744073709551616,"d":-0,"e":-0.0,"f":1e2}"#)
    #expect(value.objectValue?.keys == ["b", "a", "c", "d", "e", "f"])
    #expect(value["b"] == .integer(1))
    #expect(value["a"] == .double(1))
    #expect(value["c"] == .bigInteger("18446744073709551616"))
    #expect(value["d"] == .integer(0))
    #expect(value["e"]?.doubleValue?.sign == .minus)
    #expect(value["f"] == .double(100))
  }

  @Test(arguments: [
    ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .bigInteger("9223372036854775808")),
    ("-9223372036854775809", .bigInteger("-9223372036854775809")), ("1e-400", .double(0)), ("0", .integer(0)),
    ("0e0", .double(0)), ("1E+2", .double(100)), ("123456789012345678901234567890.5", .double(1.2345678901234568e29)),
    ("0.1", .double(0.1)), ("9007199254740993.0", .double(9007199254740992)),
    ("5e-324", .double(.leastNonzeroMagnitude)),
    ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)), ("0.000000000000000000000000001", .double(1e-27)),
  ])
  func `reads numbers at their limits`(_ text: String, _ expected: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == expected)
  }

  @Test(arguments: 0...33)
  func `reads strings of every length, plain, escaped and beyond ASCII, wherever they lie`(_ length: Int) throws {
    let plain = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ".prefix(length))
    for special in ["", "\n", "\"", "é", "中", "😀", "\\"] {
      let text = plain + special + plain
      let written = JSONValue.string(text).serialized()
      #expect(try JSONValue(parsing: written) == .string(text))
      let ascii = JSONValue.string(text).serialized(JSONStyle(.compact, ensureASCII: true))
      #expect(try JSONValue(parsing: ascii) == .string(text))
      #expect(try JSONValue(parsing: "[\(written),\(ascii), 1]") == [.string(text), .string(text), 1])
      #expect(try JSONValue(parsing: "{\(written):true}") == .object(JSONObject([(text, .bool(true))])))
    }
  }

  @Test func `joins surrogate pairs and reads every escape`() throws {
    let value = try JSONValue(parsing: #""\ud83d\uDE00\u00e9\u4e2d\"\\\/\b\f\n\r\t\u0000\u007f""#)
    #expect(value == .string("😀é中\"\\/\u{8}\u{C}\n\r\t\0\u{7F}"))
  }

  @Test func `gives a repeated key its first place and its last value`() throws {
    let few = try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#)
    #expect(few.serialized() == #"{"a":3,"b":2}"#)
    let many = (0..<40).map { "\"key\($0 % 30)\":\($0)" }.joined(separator: ",")
    let object = try #require(try JSONValue(parsing: "{\(many)}").objectValue)
    #expect(object.count == 30)
    #expect(object["key5"] == .integer(35))
    #expect(object.keys.prefix(3) == ["key0", "key1", "key2"])
  }

  @Test func `tells keys apart that differ only in the middle`() throws {
    let left = "prefix--" + "a" + "--suffix", right = "prefix--" + "b" + "--suffix"
    let value = try JSONValue(parsing: "[{\"\(left)\":1,\"\(right)\":2},{\"\(right)\":3,\"\(left)\":4}]")
    #expect(value[0]?[left] == 1)
    #expect(value[0]?[right] == 2)
    #expect(value[1]?[right] == 3)
    #expect(value[1]?[left] == 4)
  }

  @Test func `tells two spellings of one letter apart`() throws {
    let value = try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
    #expect(value.objectValue?.count == 2)
    #expect(value["e\u{301}"] == 2)
    #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
  }

  @Test func `one parser's documents do not mix, even after a failure`() throws {
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: #"{"a":[1,2,{"b":"#) }
    #expect(try JSONValue(parsing: "[1]") == [1])
  }

  @Test func `white space may stand everywhere between tokens`() throws {
    #expect(try JSONValue(parsing: " \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } } \n") == ["a": [1, 2], "b": [:]])
  }
}
