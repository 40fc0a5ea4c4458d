/// Addresses of machines and people: RFC 2673, 4291, 5321, 6531.
enum SchemaAddresses {
  typealias Bytes = SchemaFormat.Bytes

  /// Four decimal numbers without leading zeros.
  static func isIPv4(_ bytes: Bytes) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count), part.allSatisfy(\.isDigit) else { return false }
        if part.count > 1, part.first == UInt8(ascii: "0") { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - 0x30) } < 256
      }
  }

  /// Eight groups of up to four hexadecimal digits, one run of zero groups as `::`, the last two perhaps as IPv4.
  static func isIPv6(_ bytes: Bytes) -> Bool {
    var groups = 0
    var hasGap = false
    var rest = bytes
    if rest.starts(with: [UInt8(ascii: ":"), UInt8(ascii: ":")]) {
      hasGap = true
      rest = rest.dropFirst(2)
      if rest.isEmpty { return true }
    }
    while true {
      let digits = rest.prefix { $0.isHexadecimalDigit }
      let next = digits.endIndex < rest.endIndex ? rest[digits.endIndex] : nil
      if next == UInt8(ascii: ".") {
        guard isIPv4(rest) else { return false }
        groups += 2
        break
      }
      guard (1...4).contains(digits.count) else { return false }
      groups += 1
      rest = rest[digits.endIndex...]
      if rest.isEmpty { break }
      guard rest.removeFirst() == UInt8(ascii: ":"), !rest.isEmpty else { return false }
      if rest.first == UInt8(ascii: ":") {
        guard !hasGap else { return false }
        hasGap = true
        rest = rest.dropFirst()
        if rest.isEmpty { break }
      }
    }
    return hasGap ? groups < 8 : groups == 8
  }

  /// A local part, quoted or not, `@`, and a host name or an address in brackets.
  static func isEmail(_ bytes: Bytes, international: Bool) -> Bool {
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = bytes[..<at]
    let domain = bytes[(at + 1)...]
    guard (1...64).contains(local.count), isLocalPart(local, international) else { return false }
    if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
      let literal = domain.dropFirst().dropLast()
      let tag = Array("IPv6:".utf8)
      return literal.starts(with: tag) ? isIPv6(literal.dropFirst(tag.count)) : isIPv4(literal)
    }
    return SchemaHostname.accepts(String(decoding: domain, as: UTF8.self), international: international)
  }

  private static func isLocalPart(_ bytes: Bytes, _ international: Bool) -> Bool {
    if bytes.count > 1, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
      var isEscaped = false
      for byte in bytes.dropFirst().dropLast() {
        if byte >= 0x80 ? !international : byte < 0x20 || byte == 0x7F { return false }
        if !isEscaped, byte == UInt8(ascii: "\"") { return false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      }
      return !isEscaped
    }
    let marks = "!#$%&'*+-/=?^_`{|}~".utf8
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { $0 >= 0x80 ? international : $0.isDigit || $0.isLetter || marks.contains($0) }
    }
  }
}
