import Foundation
import OrderedJSON

/// A header of an HTTP request.
struct MCPHeader: Hashable, Sendable {
  var name: String
  var value: String

  /// Whether a text may be the name of a header (a token of RFC 9110).
  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  /// What the version of July 2026 wants to see of a call in its headers: the tool, and arguments that the tool's schema
  /// marks with `x-mcp-header`.
  static func headers(ofCall tool: String, _ arguments: JSONValue, _ schema: JSONValue) -> [MCPHeader] {
    var headers = [MCPHeader(name: "Mcp-Name", value: encoded(tool))]
    mirror(arguments, schema, depth: 0, into: &headers)
    return headers
  }

  private static func mirror(_ value: JSONValue, _ schema: JSONValue, depth: Int, into headers: inout [MCPHeader]) {
    guard depth < 32, let properties = schema["properties"]?.objectValue else { return }
    for (name, property) in properties {
      guard let argument = value[name] else { continue }
      if let header = property["x-mcp-header"]?.stringValue, isName(header), let text = text(argument) {
        headers.append(MCPHeader(name: "Mcp-Param-\(header)", value: encoded(text)))
      }
      mirror(argument, property, depth: depth + 1, into: &headers)
    }
  }

  private static func text(_ value: JSONValue) -> String? {
    value.stringValue ?? value.boolValue.map { $0 ? "true" : "false" } ?? value.intValue.map(String.init)
  }

  /// The text where a header can hold it, or else its Base64 form between the marks that the specification gives it.
  static func encoded(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.first != " " && text.last != " "
      && !(text.hasPrefix("=?base64?") && text.hasSuffix("?="))
    return isPlain ? text : "=?base64?\(Data(text.utf8).base64EncodedString())?="
  }
}
