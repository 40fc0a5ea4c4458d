import Glibc

/// An address of the Internet Protocol, version 4 or 6.
public struct IPAddress: Hashable, Sendable {
  /// 4 or 16 bytes, the highest first.
  public let bytes: [UInt8]

  /// Takes 4 or 16 bytes.
  init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads an address in any form that a resolver would take for one: `127.0.0.1`, `127.1`, `0x7f.1`, `0177.0.0.1`,
  /// `2130706433`, `::1`, `[::1]`, `::ffff:127.0.0.1`; `nil` for what is none. Zones (`fe80::1%eth0`) are not taken.
  ///
  /// Source: the number forms of IPv4 in https://url.spec.whatwg.org/#concept-ipv4-parser
  public init?(_ text: some StringProtocol) {
    var text = text[...]
    if text.first == "[", text.last == "]" { text = text.dropFirst().dropLast() }
    if text.utf8.contains(UInt8(ascii: ":")) {
      var address = in6_addr()
      guard !text.utf8.contains(UInt8(ascii: "%")), inet_pton(AF_INET6, String(text), &address) == 1 else { return nil }
      bytes = withUnsafeBytes(of: &address) { Array($0) }
      return
    }
    guard let number = Self.number(of: text) else { return nil }
    bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// Whether a name would be read as a number by some resolver: its last part is one.
  static func looksNumeric(_ name: some StringProtocol) -> Bool {
    let last = name.split(separator: ".").last ?? ""
    return last.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      || last.lowercased().hasPrefix("0x")
  }

  private static func number(of text: some StringProtocol) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return nil }
    var total: UInt64 = 0
    for (index, part) in parts.enumerated() {
      guard let value = part.asNumber else { return nil }
      let isLast = index == parts.count - 1
      let room = isLast ? UInt64(1) << (8 * UInt64(5 - parts.count)) : 256
      guard value < room else { return nil }
      total += isLast ? value : value << (8 * UInt64(3 - index))
    }
    return UInt32(exactly: total)
  }

  var isV4: Bool { bytes.count == 4 }
}

extension IPAddress: CustomStringConvertible {
  /// The usual form: `127.0.0.1`, `::1`.
  public var description: String {
    if isV4 { return bytes.map(String.init).joined(separator: ".") }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard bytes.withUnsafeBytes({ inet_ntop(AF_INET6, $0.baseAddress, &text, socklen_t(text.count)) }) != nil else {
      return ""
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension StringProtocol {
  /// A number as C writes them: `127`, `0177`, `0x7f`.
  fileprivate var asNumber: UInt64? {
    let lowered = lowercased()
    if lowered.hasPrefix("0x") {
      let digits = lowered.dropFirst(2)
      return digits.isEmpty ? 0 : digits.plainNumber(radix: 16)
    }
    if lowered.count > 1, lowered.hasPrefix("0") { return lowered.plainNumber(radix: 8) }
    return lowered.plainNumber(radix: 10)
  }

  private func plainNumber(radix: Int) -> UInt64? {
    guard utf8.first != UInt8(ascii: "+"), utf8.first != UInt8(ascii: "-") else { return nil }
    return UInt64(self, radix: radix)
  }
}
