/// Percent-encoding of what a call puts into a URL (RFC 3986).
enum PercentEncoding {
  /// The text with everything encoded but letters, digits and `-._~`, so that it cannot end what it stands in.
  /// - Parameter keeping: ASCII signs that stay as well.
  static func encoded(_ text: String, keeping: String = "") -> String {
    let kept = Set(keeping.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if isUnreserved(byte) || kept.contains(byte) {
        result.append(byte)
      } else {
        result += encoded(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A reference from a server with what may not stand in a URL encoded, as browsers do.
  static func repaired(_ reference: String) -> String {
    guard !reference.utf8.allSatisfy(mayStandInTarget) else { return reference }
    var result: [UInt8] = []
    for byte in reference.utf8 {
      if mayStandInTarget(byte) || byte < 0x20 || byte == UInt8(ascii: "\\") {
        result.append(byte)
      } else {
        result += encoded(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What `allowReserved` leaves alone in a query; never what would end the value.
  static let reservedInQuery = ":/?@!$'()*,;[]"

  /// Whether a byte may stand in a path or a query that is sent.
  static func mayStandInTarget(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")
      && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "^")
      && byte != UInt8(ascii: "`")
  }

  private static func encoded(_ byte: UInt8) -> [UInt8] {
    [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
  }

  private static let hex = Array("0123456789ABCDEF".utf8)

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
