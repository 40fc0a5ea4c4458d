/// Something of a row that its rendered text does not say, or says differently.
public struct Loss: Hashable, Sendable, CustomStringConvertible {
  /// What was lost.
  public enum Kind: String, CaseIterable, Sendable {
    case call, argument, system, content, result, reasoning, tools, turn
  }

  /// Where it stands in the row, as a JSON Pointer, such as `/messages/2/tool_calls/0/function/arguments/city`.
  public var path: String
  /// What was lost.
  public var kind: Kind
  /// What happened to it, in words; long values are cut.
  public var reason: String

  /// Takes what was lost, and where.
  public init(path: String, kind: Kind, reason: String) {
    self.path = path
    self.kind = kind
    self.reason = reason
  }

  public var description: String { "\(kind.rawValue) at \(path): \(reason)" }

  /// A value for a message: never a whole document.
  static func excerpt(_ text: String, _ limit: Int = 40) -> String {
    var line = "“"
    for scalar in text.unicodeScalars.prefix(limit) { line.unicodeScalars.append(scalar == "\n" ? " " : scalar) }
    return line + (text.unicodeScalars.dropFirst(limit).isEmpty ? "”" : "…”")
  }

  /// A key as a step of a JSON Pointer (RFC 6901).
  static func step(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return "/" + key }
    return key.reduce(into: "/") { path, character in
      switch character {
      case "~": path += "~0"
      case "/": path += "~1"
      default: path.append(character)
      }
    }
  }
}
