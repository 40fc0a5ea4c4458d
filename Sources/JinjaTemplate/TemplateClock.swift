import Glibc

/// What time `strftime_now` tells.
public struct TemplateClock: Sendable {
  let read: @Sendable () -> ClockTime

  /// Takes a function that gives the local time.
  public init(_ read: @escaping @Sendable () -> ClockTime) { self.read = read }

  /// The machine's clock, in its time zone.
  public static let now = TemplateClock { ClockTime.local() }

  /// A clock that stands still at so many seconds since 1970, in UTC: what `SOURCE_DATE_EPOCH` asks for.
  public static func utc(_ seconds: Int) -> TemplateClock {
    let time = ClockTime(utc: seconds)
    return TemplateClock { time }
  }

  /// A clock that stands still.
  public static func fixed(_ time: ClockTime) -> TemplateClock { TemplateClock { time } }
}

/// A time of day on a date, without a time zone, like Python's `datetime.now()`.
public struct ClockTime: Hashable, Sendable {
  var fields: [Int32]
  let microsecond: Int

  /// Takes the parts of a date in the Gregorian calendar; the day of the week follows from them.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
  ) {
    var time = tm()
    time.tm_year = Int32(clamping: year - 1900)
    time.tm_mon = Int32(clamping: month - 1)
    time.tm_mday = Int32(clamping: day)
    time.tm_hour = Int32(clamping: hour)
    time.tm_min = Int32(clamping: minute)
    time.tm_sec = Int32(clamping: second)
    // Fills in the days of week and year.
    let seconds = timegm(&time)
    gmtime_r([seconds], &time)
    self.init(time, microsecond: microsecond)
  }

  /// Takes seconds since 1970, in UTC.
  public init(utc seconds: Int) {
    var time = tm()
    gmtime_r([time_t(seconds)], &time)
    self.init(time, microsecond: 0)
  }

  private init(_ time: tm, microsecond: Int) {
    fields = [
      time.tm_sec, time.tm_min, time.tm_hour, time.tm_mday, time.tm_mon, time.tm_year, time.tm_wday, time.tm_yday,
    ]
    self.microsecond = microsecond
  }

  static func local() -> ClockTime {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    var time = tm()
    localtime_r([now.tv_sec], &time)
    return ClockTime(time, microsecond: now.tv_nsec / 1000)
  }

  /// Writes the time as Python's `strftime` does, in the C locale.
  func formatted(_ format: String) -> String {
    var time = tm()
    (time.tm_sec, time.tm_min, time.tm_hour, time.tm_mday) = (fields[0], fields[1], fields[2], fields[3])
    (time.tm_mon, time.tm_year, time.tm_wday, time.tm_yday) = (fields[4], fields[5], fields[6], fields[7])
    time.tm_isdst = -1
    var result = ""
    var scalars = format.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      guard var directive = scalars.next() else {
        result += "%"
        break
      }
      var flags = ""
      while "-_0^#EO".unicodeScalars.contains(directive), let next = scalars.next() {
        flags.unicodeScalars.append(directive)
        directive = next
      }
      switch directive {
      case "f":
        let digits = String(microsecond)
        result += String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
      // A time without a zone has nothing to say here.
      case "z", "Z": break
      default: result += Self.directive("%\(flags)\(directive)", &time)
      }
    }
    return result
  }

  private static func directive(_ directive: String, _ time: inout tm) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let length = strftime(&buffer, buffer.count, directive, &time)
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
