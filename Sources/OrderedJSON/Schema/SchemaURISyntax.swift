/// The syntax of URIs (RFC 3986), IRIs (RFC 3987) and URI templates (RFC 6570).
enum SchemaURISyntax {
  typealias Bytes = SchemaFormat.Bytes

  /// Whether the text is a URI, or also a relative reference where `absolute` is false.
  static func accepts(_ bytes: Bytes, absolute: Bool, international: Bool) -> Bool {
    var rest = bytes
    if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard holds(rest[(mark + 1)...], also: ":@/?", international) else { return false }
      rest = rest[..<mark]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      guard holds(rest[(mark + 1)...], also: ":@/?", international) else { return false }
      rest = rest[..<mark]
    }
    let colon = rest.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    if let colon, rest[colon] == UInt8(ascii: ":") {
      // In a relative reference no colon may stand before the first slash.
      guard isScheme(rest[..<colon]) else { return false }
      rest = rest[(colon + 1)...]
    } else if absolute {
      return false
    }
    if rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
      guard isAuthority(rest[..<end], international) else { return false }
      rest = rest[end...]
    }
    return holds(rest, also: ":@/", international)
  }

  private static func isScheme(_ bytes: Bytes) -> Bool {
    guard let first = bytes.first, first.isLetter else { return false }
    return bytes.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
  }

  private static func isAuthority(_ bytes: Bytes, _ international: Bool) -> Bool {
    var rest = bytes
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      guard holds(rest[..<at], also: ":", international) else { return false }
      rest = rest[(at + 1)...]
    }
    var port = rest[rest.endIndex...]
    if rest.first == UInt8(ascii: "[") {
      guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
      let literal = rest[(rest.startIndex + 1)..<close]
      guard SchemaAddresses.isIPv6(literal) || isFutureAddress(literal) else { return false }
      port = rest[(close + 1)...]
    } else {
      let colon = rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.endIndex
      guard holds(rest[..<colon], also: "", international) else { return false }
      port = rest[colon...]
    }
    guard !port.isEmpty else { return true }
    return port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit)
  }

  /// `v1.fe`.
  private static func isFutureAddress(_ bytes: Bytes) -> Bool {
    guard let first = bytes.first, first | 0x20 == UInt8(ascii: "v"), let dot = bytes.firstIndex(of: UInt8(ascii: "."))
    else { return false }
    let version = bytes[(bytes.startIndex + 1)..<dot]
    let address = bytes[(dot + 1)...]
    return !version.isEmpty && version.allSatisfy(\.isHexadecimalDigit) && !address.isEmpty
      && holds(address, also: ":", false) && !address.contains(UInt8(ascii: "%"))
  }

  /// Whether all characters are unreserved, delimiters within parts, percent escapes or among `also`.
  private static func holds(_ bytes: Bytes, also extra: StaticString, _ international: Bool) -> Bool {
    let allowed = "-._~!$&'()*+,;=".utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%") {
        guard isEscape(bytes[index...]) else { return false }
        index += 2
      } else if byte >= 0x80 {
        guard international else { return false }
      } else if !byte.isLetter, !byte.isDigit, !allowed.contains(byte) {
        guard (0..<extra.utf8CodeUnitCount).contains(where: { extra.utf8Start[$0] == byte }) else { return false }
      }
      index += 1
    }
    return true
  }

  private static func isEscape(_ bytes: Bytes) -> Bool {
    bytes.count >= 3 && bytes.dropFirst().prefix(2).allSatisfy(\.isHexadecimalDigit)
  }

  /// Whether the text is a URI template.
  static func isTemplate(_ bytes: Bytes) -> Bool {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "{"):
        guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")),
          isExpression(bytes[(index + 1)..<close])
        else { return false }
        index = close
      case UInt8(ascii: "%"):
        guard isEscape(bytes[index...]) else { return false }
        index += 2
      case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
        UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "}"):
        return false
      default: break
      }
      index += 1
    }
    return true
  }

  /// What stands between braces: an operator perhaps, then variables with modifiers.
  private static func isExpression(_ bytes: Bytes) -> Bool {
    var rest = bytes
    if let first = rest.first, "+#./;?&=,!@|".utf8.contains(first) { rest = rest.dropFirst() }
    return rest.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { variable in
      var name = variable
      if name.last == UInt8(ascii: "*") {
        name = name.dropLast()
      } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
        let length = name[(colon + 1)...]
        guard (1...4).contains(length.count), length.allSatisfy(\.isDigit), length.first != UInt8(ascii: "0") else {
          return false
        }
        name = name[..<colon]
      }
      return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isVariablePart)
    }
  }

  private static func isVariablePart(_ bytes: Bytes) -> Bool {
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "%") {
        guard isEscape(bytes[index...]) else { return false }
        index += 2
      } else if !bytes[index].isLetter, !bytes[index].isDigit, bytes[index] != UInt8(ascii: "_") {
        return false
      }
      index += 1
    }
    return !bytes.isEmpty
  }
}
