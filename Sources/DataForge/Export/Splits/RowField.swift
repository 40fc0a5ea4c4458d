import OrderedJSON

/// A field of a row, named by its key or by a JSON Pointer (`/source/document`).
public struct RowField: Hashable, Sendable {
  /// The name as the user wrote it.
  public let name: String
  private let steps: [String]

  /// A name that begins with `/` is a JSON Pointer, any other one a key of the row.
  public init(_ name: String) {
    self.name = name
    steps = Self.steps(name) ?? [name]
  }

  /// The names of a JSON Pointer, unescaped; `nil` where the text is none.
  private static func steps(_ pointer: String) -> [String]? {
    guard pointer.utf8.first == UInt8(ascii: "/") else { return nil }
    return pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// The field's value; `nil` where the row has none, or `null`.
  public func value(in row: JSONObject) -> JSONValue? {
    var value = JSONValue.object(row)
    for step in steps {
      switch value {
      case .object(let object):
        guard let member = object[step] else { return nil }
        value = member
      case .array(let elements):
        guard let index = Int(step), elements.indices.contains(index) else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    if value.isNull { return Optional.none }
    return value
  }

  /// The value as text that is the same for equal values: a string as it is, anything else as JSON.
  /// - Throws: `RowMisfit` where the row has no such field.
  func text(in row: JSONObject, for purpose: String) throws(RowMisfit) -> String {
    guard let value = value(in: row) else {
      throw RowMisfit(
        steps.map(JSONPointerToken.escaped).joined(), "the row has no such field, by which it should be \(purpose)")
    }
    return value.stringValue ?? value.canonical()
  }
}
