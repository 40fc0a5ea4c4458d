/// The `Retry-After` header: a count of seconds or an HTTP date.
///
/// Source: RFC 9110, sections 10.2.3 and 5.6.7.
enum RetryAfter {
  /// How long to wait, never negative; `nil` where the header says neither.
  /// - Parameter now: seconds since 1970, UTC.
  static func duration(_ header: String, now: Int) -> Duration? {
    let text = header.withoutOuterBlanks
    if let seconds = Double(text), seconds.isFinite {
      return .seconds(min(max(seconds, 0), 1e9))
    }
    guard let date = unixTime(httpDate: text) else { return nil }
    return .seconds(max(0, date - now))
  }

  /// Seconds since 1970 of a date like `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that may be sent today.
  static func unixTime(httpDate text: String) -> Int? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), (1...31).contains(day),
      let month = months.firstIndex(where: { $0 == parts[2] }), let year = Int(parts[3]), (1970...9999).contains(year)
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    return days(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  /// Days from 1970-01-01, in the Gregorian calendar: years are counted from March, so that a leap day comes last.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leapDays = shifted / 4 - shifted / 100 + shifted / 400
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    return shifted * 365 + leapDays + dayOfYear - 719_468
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
