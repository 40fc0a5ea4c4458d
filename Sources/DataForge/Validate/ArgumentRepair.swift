import OrderedJSON

/// Brings arguments into the types that a schema demands, where nothing is lost and only one reading is possible.
///
/// `"3"` becomes `3`, `"true"` becomes `true`, JSON in a string becomes the value, `3.0` becomes `3` where an integer is
/// demanded, and a number becomes a string where only a string is allowed. Names are never changed, nothing is dropped,
/// nothing is invented.
struct ArgumentRepair {
  /// One value that was changed.
  struct Change: Hashable {
    /// A JSON Pointer into the arguments.
    var path: String
    var from: JSONValue
    var to: JSONValue
  }

  private(set) var arguments: JSONValue
  private(set) var changes: [Change] = []
  private let entry: CompiledTools.Entry
  /// The texts of a dialect without types.
  private let untyped: JSONValue?

  /// Repairs what can be.
  init(_ arguments: JSONValue, entry: CompiledTools.Entry, untyped: JSONValue? = nil) {
    self.arguments = arguments
    self.entry = entry
    self.untyped = untyped
    writeIntegers(entry.plain, at: [], depth: 0)
    repairTypes()
  }

  /// Puts only the texts of a dialect without types in the place of values whose type was guessed wrong.
  static func typed(_ arguments: JSONValue, _ untyped: JSONValue, entry: CompiledTools.Entry) -> JSONValue {
    guard !entry.schema.accepts(arguments) else { return arguments }
    var result = arguments
    for violation in entry.schema.violations(in: arguments, limit: 50) where violation.keyword != "" {
      let steps = JSONPointerToken.steps(violation.instancePath)
      guard let text = untyped.value(at: steps[...])?.stringValue else { continue }
      let tried = result.replacing(at: steps[...], with: UntypedValue.text(text))
      if violations(tried, entry).count < violations(result, entry).count { result = tried }
    }
    return result
  }

  private static func violations(_ value: JSONValue, _ entry: CompiledTools.Entry) -> [SchemaViolation] {
    entry.schema.violations(in: value, limit: 50)
  }

  // MARK: 3.0 for 3

  /// A whole number with a fraction is an integer to JSON Schema, and none to most programs.
  private mutating func writeIntegers(_ schema: JSONValue, at path: [String], depth: Int) {
    guard depth < 32, let object = schema.objectValue, let value = arguments.value(at: path[...]) else { return }
    switch value {
    case .double(let number):
      guard object["type"] == "integer", let whole = Int(exactly: number), abs(whole) <= 1 << 53 else { return }
      change(path, from: value, to: .integer(whole))
    case .object(let members):
      guard let properties = object["properties"]?.objectValue else { return }
      for key in members.keys {
        if let part = properties[key] { writeIntegers(part, at: path + [key], depth: depth + 1) }
      }
    case .array(let list):
      guard let items = object["items"] else { return }
      for index in list.indices.prefix(1_000) { writeIntegers(items, at: path + ["\(index)"], depth: depth + 1) }
    default: break
    }
  }

  private mutating func change(_ path: [String], from: JSONValue, to: JSONValue) {
    arguments = arguments.replacing(at: path[...], with: to)
    changes.append(Change(path: path.map(JSONPointerToken.escaped).joined(), from: from, to: to))
  }

  // MARK: Types

  private static let aboutTypes: Set<String> = ["type", "enum", "const", "anyOf", "oneOf"]

  private mutating func repairTypes() {
    var given: Set<String> = []
    var mistakes = Self.violations(arguments, entry)
    // Each round repairs one value; a row with more wrong values than this is no slip.
    for _ in 0..<50 {
      guard
        let mistake = mistakes.first(where: {
          !$0.instancePath.isEmpty && Self.aboutTypes.contains($0.keyword) && !given.contains($0.instancePath)
        })
      else { return }
      given.insert(mistake.instancePath)
      let steps = JSONPointerToken.steps(mistake.instancePath)
      guard let value = arguments.value(at: steps[...]) else { continue }
      var fitting: [JSONValue] = []
      for candidate in Self.readings(of: value) where !fitting.contains(candidate) {
        let left = Self.violations(arguments.replacing(at: steps[...], with: candidate), entry)
        let isClean = !left.contains { Self.concerns($0.instancePath, mistake.instancePath) }
        if isClean, left.count < mistakes.count { fitting.append(candidate) }
      }
      // Where several readings fit, none is safe.
      guard fitting.count == 1 else { continue }
      change(steps, from: value, to: fitting[0])
      mistakes = Self.violations(arguments, entry)
      if mistakes.isEmpty { return }
    }
  }

  private static func concerns(_ path: String, _ place: String) -> Bool {
    path == place || path.hasPrefix(place + "/")
  }

  /// What else a value may have been meant to be, without loss.
  private static func readings(of value: JSONValue) -> [JSONValue] {
    switch value {
    case .string(let text):
      switch text {
      case "true", "True": return [true]
      case "false", "False": return [false]
      default: break
      }
      guard let read = try? JSONValue(parsing: text), !text.utf8.contains(where: { $0 < 0x20 }) else { return [] }
      switch read {
      case .integer, .bigInteger, .object, .array: return [read]
      case .double(let number):
        // "3.0" for an integer, and "0.1" for a number; a text with more digits than a double keeps stays.
        if let whole = Int(exactly: number), abs(whole) <= 1 << 53 { return [.integer(whole)] }
        return Self.digits(text) <= 15 ? [read] : []
      case .null, .bool, .string: return []
      }
    case .integer, .bigInteger: return [.string(value.serialized(.compact))]
    case .double(let number):
      // How 1e3 or 1.50 was written is not known any more.
      return abs(number) < 1e15 && abs(number) >= 1e-4 ? [.string(value.serialized(.compact))] : []
    case .null, .bool, .array, .object: return []
    }
  }

  private static func digits(_ text: String) -> Int {
    text.utf8.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
  }
}
