/// Dates, times and durations as RFC 3339 writes them.
enum SchemaTimestamps {
  typealias Bytes = SchemaFormat.Bytes

  /// `2024-02-29`.
  static func isDate(_ bytes: Bytes) -> Bool {
    guard bytes.count == 10 else { return false }
    let start = bytes.startIndex
    guard bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      let year = number(bytes.prefix(4)), let month = number(bytes[(start + 5)..<(start + 7)]),
      let day = number(bytes[(start + 8)...])
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
  }

  /// `23:20:50.52Z`, `08:30:06+02:00`; second 60 only where UTC may have one.
  static func isTime(_ bytes: Bytes) -> Bool {
    let start = bytes.startIndex
    guard bytes.count >= 9, bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
      let hour = number(bytes[start..<start + 2]), let minute = number(bytes[start + 3..<start + 5]),
      let second = number(bytes[start + 6..<start + 8]), hour < 24, minute < 60, second < 61
    else { return false }
    var rest = bytes[(start + 8)...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { $0.isDigit }
      if digits.isEmpty { return false }
      rest = rest[digits.endIndex...]
    }
    var offset = 0
    switch rest.first {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): guard rest.count == 1 else { return false }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let sign = rest.first == UInt8(ascii: "+") ? 1 : -1
      rest = rest.dropFirst()
      guard rest.count == 5, rest[rest.startIndex + 2] == UInt8(ascii: ":"), let hours = number(rest.prefix(2)),
        let minutes = number(rest.suffix(2)), hours < 24, minutes < 60
      else { return false }
      offset = sign * (hours * 60 + minutes)
    default: return false
    }
    return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 == 1439
  }

  /// A date, `T` and a time.
  static func isDateTime(_ bytes: Bytes) -> Bool {
    guard bytes.count > 11, bytes[bytes.startIndex + 10] | 0x20 == UInt8(ascii: "t") else { return false }
    return isDate(bytes.prefix(10)) && isTime(bytes.dropFirst(11))
  }

  /// `P1Y2M3DT4H5M6S` without gaps between the units, or `P2W`.
  static func isDuration(_ bytes: Bytes) -> Bool {
    guard bytes.first == UInt8(ascii: "P") else { return false }
    var rest = bytes.dropFirst()
    if rest.isEmpty { return false }
    if let last = units("W", &rest), last == 0 { return rest.isEmpty }
    let hasDate = units("YMD", &rest) != nil
    guard rest.first == UInt8(ascii: "T") else { return hasDate && rest.isEmpty }
    rest = rest.dropFirst()
    return units("HMS", &rest) != nil && rest.isEmpty
  }

  /// Takes numbers with these units, which have to follow each other; gives the place of the last.
  private static func units(_ names: StaticString, _ rest: inout Bytes) -> Int? {
    var place: Int?
    while true {
      let digits = rest.prefix { $0.isDigit }
      guard !digits.isEmpty, digits.endIndex < rest.endIndex else { return place }
      let unit = rest[digits.endIndex]
      let found = (0..<names.utf8CodeUnitCount).first { names.utf8Start[$0] == unit }
      guard let found, place == nil || place.map({ $0 + 1 }) == found else { return place }
      place = found
      rest = rest[(digits.endIndex + 1)...]
    }
  }

  private static func number(_ bytes: Bytes) -> Int? {
    var value = 0
    for byte in bytes {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
}
