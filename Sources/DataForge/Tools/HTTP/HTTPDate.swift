import Glibc

/// Dates as HTTP's headers hold them, old and new.
enum HTTPDate {
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// Seconds since 1970 of `Wed, 21 Oct 2015 07:28:00 GMT`, `Wed, 21-Oct-15 07:28:00 GMT` or `Wed Oct 21 07:28:00 2015`.
  ///
  /// Source: https://www.rfc-editor.org/rfc/rfc6265, section 5.1.1
  static func seconds(_ text: String) -> Int? {
    var date = tm()
    var hasTime = false
    var day: Int?
    var month: Int?
    var year: Int?
    for token in text.split(whereSeparator: { " ,-\t".contains($0) }) {
      let clock = token.split(separator: ":").map { Int($0) }
      if !hasTime, clock.count == 3, let hours = clock[0], let minutes = clock[1], let seconds = clock[2] {
        (date.tm_hour, date.tm_min, date.tm_sec) = (
          Int32(clamping: hours), Int32(clamping: minutes), Int32(clamping: seconds)
        )
        hasTime = true
      } else if let number = Int(token) {
        if day == nil, token.utf8.count <= 2 { day = number } else if year == nil { year = number }
      } else if month == nil {
        month = months.firstIndex { token.lowercased().hasPrefix($0) }
      }
    }
    guard hasTime, let day, let month, var year, (1...31).contains(day), (0...9999).contains(year) else { return nil }
    if year < 70 { year += 2000 } else if year < 100 { year += 1900 }
    (date.tm_mday, date.tm_mon, date.tm_year) = (Int32(day), Int32(month), Int32(year - 1900))
    return timegm(&date)
  }
}
