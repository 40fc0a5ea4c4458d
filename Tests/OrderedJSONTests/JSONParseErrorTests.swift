import OrderedJSON
import Testing

@Suite("Errors of reading JSON") struct JSONParseErrorTests {
  @Test(arguments: [
    ("", 1, 1, "empty"), ("  ", 1, 3, "empty"), ("[1,]", 1, 3, "comma"), ("{\"a\":1,}", 1, 7, "comma"),
    ("{\n  \"a\": 01\n}", 2, 8, "0 and another digit"), ("[1\n2]", 2, 1, "`,` or `]`"), ("{\"a\" 1}", 1, 6, "`:`"),
    ("{\"a\":1 \"b\":2}", 1, 8, "`,` or `}`"), ("{a:1}", 1, 2, "key in double quotes"), ("1 2", 1, 3, "follows"),
    ("{}}", 1, 3, "follows"), ("NaN", 1, 1, "NaN"), ("-Infinity", 1, 2, "Infinity"), ("+1", 1, 1, "value"),
    (".5", 1, 1, "value"), ("1.", 1, 3, "ends"), ("1.x", 1, 3, "digit"), ("1e", 1, 3, "ends"), ("-", 1, 2, "ends"),
    ("1e400", 1, 1, "too large"), ("-1e400", 1, 1, "too large"), ("\"a\tb\"", 1, 3, "U+0009"),
    ("\"a\nb\"", 1, 3, "U+000A"), ("\"\\x\"", 1, 2, "backslash"), ("\"\\u12g4\"", 1, 2, "four"),
    ("\"\\u12", 1, 2, "four"), ("\"\\", 1, 3, "ends"), ("\"\\ud800\"", 1, 2, "surrogate"),
    ("\"\\udc00\"", 1, 2, "surrogate"), ("\"\\ud800\\ud800\"", 1, 2, "surrogate"),
    ("\"\\ud800x\"", 1, 2, "surrogate"), ("\"abc", 1, 1, "not closed"), ("[\"abcdefghijklmnop", 1, 2, "not closed"),
    ("tru", 1, 4, "ends"), ("trux", 1, 4, "true, false or null"), ("truex", 1, 5, "follows"), ("[", 1, 2, "ends"),
    ("{\"a\":", 1, 6, "ends"), ("[1,", 1, 4, "ends"), ("'a'", 1, 1, "value"), ("[\"é中😀\", x]", 1, 9, "value"),
    ("\u{FEFF}{}", 1, 1, "byte order mark"), ("// no\n1", 1, 1, "value"), ("]", 1, 1, "value"), ("[1}", 1, 3, "`]`"),
    ("{\"a\":1]", 1, 7, "`}`"), ("\u{A0}1", 1, 1, "outside ASCII"),
  ])
  func `say what is wrong and where`(_ text: String, _ line: Int, _ column: Int, _ words: String) throws {
    let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: text) }
    #expect(error.line == line)
    #expect(error.column == column)
    #expect(error.message.contains(words))
    let before = text.utf8.prefix(error.byteOffset)
    #expect(
      String(Substring(before)).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).last?.count
        == column - 1)
  }

  /// Every kind of ill-formed sequence of The Unicode Standard, table 3-8 and its surroundings.
  @Test(
    arguments: [
      [0x80], [0xBF], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
      [0xE2, 0x82],
      [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ] as [[UInt8]])
  func `invalid UTF-8 is refused at its first byte, in short and long strings`(_ wrong: [UInt8]) throws {
    for before in ["", "abc", "é", "abcdefghijkl", "a\\nb", "\\u00e9 abcdefgh 中"] {
      for after in ["", "x", "abcdefghijkl", "\\n"] {
        let bytes = Array("\"\(before)".utf8) + wrong + Array("\(after)\"".utf8)
        let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
        #expect(error.byteOffset == 1 + before.utf8.count)
        #expect(error.message.contains("UTF-8"))
      }
    }
  }

  @Test func `valid UTF-8 at every limit is taken`() throws {
    for scalar in ["\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}"] {
      #expect(try JSONValue(parsing: Array("\"\(scalar)\"".utf8)) == .string(scalar))
    }
  }

  @Test func `never hold the document's text`() throws {
    let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: #"{"secret-key": secret}"#) }
    #expect(!"\(error)".contains("secret"))
    #expect("\(error)" == "a value expected, found `s` at line 1, column 16 (byte 15)")
  }

  @Test func `refuse integers that Python would not read`() throws {
    let digits = String(repeating: "7", count: 4300)
    #expect(try JSONValue(parsing: digits) == .bigInteger(digits))
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: digits + "7") }
    #expect(throws: JSONParseError.self) {
      try JSONValue(parsing: String(repeating: "7", count: 31), limits: JSONLimits(maximumIntegerDigits: 30))
    }
  }

  /// Cutting or changing a good document anywhere must end in a value or an error, never in a crash.
  @Test func `no cut and no changed byte is fatal`() throws {
    let good = Array(#"{"a":[1,-2.5e3,"x\n\u00e9😀",true,null,{"k":{}}],"b":"0123456789abcdef0123456789"}"#.utf8)
    for end in good.indices {
      #expect(throws: JSONParseError.self) { try JSONValue(parsing: Array(good[..<end])) }
    }
    var refused = 0
    for position in good.indices {
      for byte in [0x00, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x65, 0x7B, 0x7D, 0x80, 0xFF] as [UInt8] {
        var changed = good
        changed[position] = byte
        do { _ = try JSONValue(parsing: changed) } catch { refused += 1 }
      }
    }
    #expect(refused > good.count)
  }
}
