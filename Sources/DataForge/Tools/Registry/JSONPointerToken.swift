import OrderedJSON

/// Writes names as parts of a JSON Pointer (RFC 6901), and reads them.
enum JSONPointerToken {
  /// `/` and the name, with `~` and `/` escaped.
  static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return "/" + name }
    return "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
  }

  /// The names in a pointer.
  static func steps(_ pointer: String) -> [String] {
    pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      .map { $0.contains("~") ? String($0.replacing("~1", with: "/").replacing("~0", with: "~")) : String($0) }
  }
}

extension JSONValue {
  /// The value at the end of some steps; `nil` where there is none.
  func value(at steps: ArraySlice<String>) -> JSONValue? {
    guard let step = steps.first else { return self }
    switch self {
    case .object(let object): return object[step]?.value(at: steps.dropFirst())
    case .array: return Int(step).flatMap { self[$0] }?.value(at: steps.dropFirst())
    default: return nil
    }
  }

  /// The value with another one at the end of some steps. JSON within a string on the way is opened and closed again.
  func replacing(at steps: ArraySlice<String>, with value: JSONValue) -> JSONValue {
    guard let step = steps.first else { return value }
    switch self {
    case .object(var object):
      object[step] = (object[step] ?? .null).replacing(at: steps.dropFirst(), with: value)
      return .object(object)
    case .array(var list):
      guard let index = Int(step), list.indices.contains(index) else { return self }
      list[index] = list[index].replacing(at: steps.dropFirst(), with: value)
      return .array(list)
    case .string(let text):
      guard let inner = try? JSONValue(parsing: text) else { return self }
      return .string(inner.replacing(at: steps, with: value).serialized(.compact))
    default: return self
    }
  }
}
