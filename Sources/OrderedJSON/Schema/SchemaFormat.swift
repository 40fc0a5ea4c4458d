/// The values of `format` that can be checked.
enum SchemaFormat: String, Sendable, CaseIterable {
  case date, time, duration, email, hostname, ipv4, ipv6, uri, iri, uuid, regex
  case dateTime = "date-time"
  case idnEmail = "idn-email"
  case idnHostname = "idn-hostname"
  case uriReference = "uri-reference"
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"

  /// Whether a text has the format.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .regex: return (try? ECMARegex(text, strictness: .standard)) != nil
    case .idnHostname: return SchemaHostname.accepts(text, international: true)
    default: break
    }
    return text.withBytes { bytes in
      switch self {
      case .date: SchemaTimestamps.isDate(bytes[...])
      case .time: SchemaTimestamps.isTime(bytes[...])
      case .dateTime: SchemaTimestamps.isDateTime(bytes[...])
      case .duration: SchemaTimestamps.isDuration(bytes[...])
      case .email: SchemaAddresses.isEmail(bytes[...], international: false)
      case .idnEmail: SchemaAddresses.isEmail(bytes[...], international: true)
      case .hostname: SchemaHostname.accepts(text, international: false)
      case .ipv4: SchemaAddresses.isIPv4(bytes[...])
      case .ipv6: SchemaAddresses.isIPv6(bytes[...])
      case .uri: SchemaURISyntax.accepts(bytes[...], absolute: true, international: false)
      case .uriReference: SchemaURISyntax.accepts(bytes[...], absolute: false, international: false)
      case .iri: SchemaURISyntax.accepts(bytes[...], absolute: true, international: true)
      case .iriReference: SchemaURISyntax.accepts(bytes[...], absolute: false, international: true)
      case .uriTemplate: SchemaURISyntax.isTemplate(bytes[...])
      case .uuid: Self.isUUID(bytes)
      case .jsonPointer: Self.isPointer(bytes[...])
      case .relativeJSONPointer: Self.isRelativePointer(bytes[...])
      case .regex, .idnHostname: true
      }
    }
  }

  /// What the checks read: a part of a string's UTF-8 bytes.
  typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private static func isUUID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == 36 else { return false }
    return bytes.indices.allSatisfy { index in
      switch index {
      case 8, 13, 18, 23: bytes[index] == UInt8(ascii: "-")
      default: bytes[index].isHexadecimalDigit
      }
    }
  }

  private static func isPointer(_ bytes: Bytes) -> Bool {
    guard let first = bytes.first else { return true }
    guard first == UInt8(ascii: "/") else { return false }
    for index in bytes.indices where bytes[index] == UInt8(ascii: "~") {
      guard index + 1 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: "0") || bytes[index + 1] == UInt8(ascii: "1")
      else { return false }
    }
    return true
  }

  private static func isRelativePointer(_ bytes: Bytes) -> Bool {
    let digits = bytes.prefix { $0.isDigit }
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return false }
    let rest = bytes[digits.endIndex...]
    return rest.elementsEqual([UInt8(ascii: "#")]) || isPointer(rest)
  }
}

extension UInt8 {
  /// `0`–`9`.
  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  /// `A`–`Z`, `a`–`z`.
  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// `0`–`9`, `A`–`F`, `a`–`f`.
  @inline(__always)
  var isHexadecimalDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}
