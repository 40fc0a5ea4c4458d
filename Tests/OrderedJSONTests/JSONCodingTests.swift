import Foundation
import OrderedJSON
import Testing

@Suite("Coding") struct JSONCodingTests {
  private let encoder = JSONValueEncoder()
  private let decoder = JSONValueDecoder()

  struct Everything: Codable, Equatable {
    var text = "é"
    var flag = true
    var int = -5
    var i8 = Int8.min, i16 = Int16.max, i32 = Int32.min, i64 = Int64.max
    var uint = UInt.max, u8 = UInt8.max, u16 = UInt16.max, u32 = UInt32.max, u64 = UInt64.max
    var double = 0.1, float = Float(0.1)
    var nothing: Int?
    var some: Int? = 3
    var list = [1, 2, 3], nested = [["a"], [], ["b", "c"]]
    var optionals: [Int?] = [1, nil, 3]
    var table = ["k": 1.5]
    var kind = Kind.second
    var inner = Inner()
    var choice = Choice.pair(left: 1, right: "x")
  }
  enum Kind: String, Codable { case first, second }
  enum Choice: Codable, Equatable {
    case none
    case pair(left: Int, right: String)
  }
  struct Inner: Codable, Equatable { var values: [Inner] = [] }

  @Test func `every kind of member comes back, in the order of its encoding`() throws {
    let tree = try encoder.encode(Everything())
    #expect(
      tree.objectValue?.keys == [
        "text", "flag", "int", "i8", "i16", "i32", "i64", "uint", "u8", "u16", "u32", "u64", "double", "float", "some",
        "list", "nested", "optionals", "table", "kind", "inner", "choice",
      ])
    #expect(tree["float"] == .double(0.1))
    #expect(tree["u64"] == .bigInteger("18446744073709551615"))
    #expect(tree["optionals"] == [1, nil, 3])
    #expect(tree["choice"]?.serialized() == #"{"pair":{"left":1,"right":"x"}}"#)
    #expect(try decoder.decode(Everything.self, from: tree) == Everything())
    #expect(try decoder.decode(Everything.self, from: JSONValue(parsing: tree.serialized())) == Everything())
  }

  @Test func `single values are encoded as themselves`() throws {
    #expect(try encoder.encode(5) == 5)
    #expect(try encoder.encode("a") == "a")
    #expect(try encoder.encode(Int?.none) == nil)
    #expect(try encoder.encode([Kind.first]) == ["first"])
    #expect(try encoder.encode([String]()) == [])
    #expect(try encoder.encode(Kind.first) == "first")
    #expect(try decoder.decode(Int?.self, from: nil) == nil)
    #expect(try decoder.decode([Int8].self, from: [1, -128]) == [1, -128])
    #expect(try decoder.decode(UInt64.self, from: .bigInteger("18446744073709551615")) == .max)
  }

  @Test func `a tree passes through as it is`() throws {
    var random = Seeded(5)
    for _ in 0..<500 {
      let value = random.value()
      #expect(try encoder.encode(value).serialized() == value.serialized())
      #expect(try decoder.decode(JSONValue.self, from: value).serialized() == value.serialized())
      #expect(try encoder.encode(["a": [value]]) == ["a": [value]])
      #expect(try decoder.decode([String: [JSONValue]].self, from: ["a": [value]]) == ["a": [value]])
    }
    let object = JSONObject([("z", 1), ("a", .double(1))])
    #expect(try encoder.encode([object]).serialized() == #"[{"z":1,"a":1.0}]"#)
    #expect(try decoder.decode(JSONObject.self, from: .object(object)).keys == ["z", "a"])
  }

  @Test func `a double decodes from an integer, and nothing else changes its form`() throws {
    #expect(
      try decoder.decode([Double].self, from: [1, 2.5, .bigInteger("18446744073709551616")]) == [1, 2.5, 0x1p64])
    for (value, type) in [
      (JSONValue.double(1), Int.self as any Decodable.Type), ("1", Int.self), (1, String.self), (1, Bool.self),
      (true, Int.self),
    ] {
      #expect(throws: DecodingError.self) { try decode(type, value) }
    }
    #expect(throws: DecodingError.self) {
      try decoder.decode(Double.self, from: .bigInteger("1" + String(repeating: "0", count: 400)))
    }
  }

  private func decode<T: Decodable>(_ type: T.Type, _ value: JSONValue) throws -> Any {
    try decoder.decode(type, from: value)
  }

  @Test func `integers that do not fit are refused`() {
    #expect(throws: DecodingError.self) { try decoder.decode(Int8.self, from: 128) }
    #expect(throws: DecodingError.self) { try decoder.decode(UInt.self, from: -1) }
    #expect(throws: DecodingError.self) { try decoder.decode([UInt16].self, from: [65536]) }
    #expect(throws: DecodingError.self) { try decoder.decode(Int.self, from: .bigInteger("9223372036854775808")) }
  }

  @Test func `numbers that JSON cannot say are refused with their path`() throws {
    let error = try #require(throws: EncodingError.self) { try encoder.encode(["a": [1.0, .nan]]) }
    guard case .invalidValue(_, let context) = error else { return #expect(Bool(false)) }
    #expect(context.codingPath.map(\.stringValue) == ["a", "Index 1"])
  }

  @Test func `errors name the path and hold no text of the document`() throws {
    struct Row: Codable {
      struct Turn: Codable { var role: Kind?, content: String }
      var turns: [Turn]
    }
    func context(_ value: JSONValue) throws -> DecodingError.Context {
      let error = #expect(throws: DecodingError.self) { try decoder.decode(Row.self, from: value) }
      switch error {
      case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?, .keyNotFound(_, let context)?,
        .dataCorrupted(let context)?:
        return context
      default: throw CancellationError()
      }
    }
    let mismatch = try context(["turns": [["content": "secret"], ["content": 7]]])
    #expect(mismatch.codingPath.map(\.stringValue) == ["turns", "Index 1", "content"])
    #expect(mismatch.debugDescription == "a string expected, found an integer")
    let missing = try context(["turns": [["role": nil]]])
    #expect(missing.codingPath.map(\.stringValue) == ["turns", "Index 0"])
    #expect(missing.debugDescription == "no member \"content\"")
    #expect(try context(["turns": nil]).codingPath.map(\.stringValue) == ["turns"])
    #expect(try context(["turns": "secret"]).debugDescription == "an array expected, found a string")
    #expect(try context([1]).codingPath.isEmpty)
  }

  @Test func `an unkeyed container that ends too early says so`() throws {
    struct Pair: Decodable {
      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        _ = try values.decode(Int.self)
        _ = try values.decode(Int.self)
      }
    }
    #expect(throws: Never.self) { try decoder.decode(Pair.self, from: [1, 2]) }
    let error = try #require(throws: DecodingError.self) { try decoder.decode([Pair].self, from: [[1, 2], [1]]) }
    guard case .valueNotFound(_, let context) = error else { return #expect(Bool(false)) }
    #expect(context.codingPath.map(\.intValue) == [1, 1])
  }

  @Test func `a value that fails to decode can be decoded as something else`() throws {
    struct Loose: Decodable {
      var texts: [String] = []
      init(from decoder: any Decoder) throws {
        var values = try decoder.unkeyedContainer()
        while !values.isAtEnd {
          if try values.decodeNil() {
            texts.append("null")
          } else if let number = try? values.decode(Int.self) {
            texts.append("\(number)")
          } else {
            texts.append(try values.decode(String.self))
          }
        }
      }
    }
    #expect(try decoder.decode(Loose.self, from: [1, "a", nil, 2]).texts == ["1", "a", "null", "2"])
  }

  class Base: Codable {
    var base = 1
  }
  final class Derived: Base {
    var own = "x"
    enum Keys: CodingKey { case own, tail, list, plain }
    override init() { super.init() }
    required init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Keys.self)
      own = try values.decode(String.self, forKey: .own)
      try super.init(from: values.superDecoder())
      var list = try values.nestedUnkeyedContainer(forKey: .list)
      #expect(try list.decode(Int.self) == 1)
      #expect(try list.nestedContainer(keyedBy: Keys.self).decode(Int.self, forKey: .own) == 3)
      #expect(try list.superDecoder().singleValueContainer().decode(Int.self) == 4)
      #expect(try values.nestedContainer(keyedBy: Keys.self, forKey: .tail).decode(Int.self, forKey: .tail) == 2)
    }
    override func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Keys.self)
      var list = values.nestedUnkeyedContainer(forKey: .list)
      try super.encode(to: values.superEncoder())
      var tail = values.nestedContainer(keyedBy: Keys.self, forKey: .tail)
      try values.encode(own, forKey: .own)
      // Written to after what stands around them, and turn by turn.
      try list.encode(1)
      try tail.encode(2, forKey: .tail)
      var inner = list.nestedContainer(keyedBy: Keys.self)
      var single = list.superEncoder().singleValueContainer()
      try inner.encode(3, forKey: .own)
      try single.encode(4)
    }
  }

  @Test func `nested containers and superclasses keep their places`() throws {
    let tree = try encoder.encode(Derived())
    #expect(tree.serialized() == #"{"list":[1,{"own":3},4],"super":{"base":1},"tail":{"tail":2},"own":"x"}"#)
    let back = try decoder.decode(Derived.self, from: tree)
    #expect(back.own == "x")
    #expect(back.base == 1)
  }

  @Test func `types with many members and members that come in another order decode too`() throws {
    let table = Dictionary(uniqueKeysWithValues: (0..<200).map { ("key\($0)", $0) })
    #expect(try decoder.decode([String: Int].self, from: encoder.encode(table)) == table)
    let reversed = try JSONObject(
      encoder.encode(Everything()).objectValue.map { $0.reversed().map { ($0.key, $0.value) } } ?? [])
    #expect(try decoder.decode(Everything.self, from: .object(reversed)) == Everything())
  }

  @Test func `other coders take and give a tree`() throws {
    let value: JSONValue = ["a": [1, "x", nil, true, 2.5], "b": ["c": .bigInteger("18446744073709551615")]]
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
  }
}
