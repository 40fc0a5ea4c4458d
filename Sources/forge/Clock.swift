import Foundation
import JinjaTemplate

/// What time it is for templates.
enum Clock {
  /// The machine's clock, or the moment that `SOURCE_DATE_EPOCH` names, so that output can be made again byte for byte.
  /// Source: <https://reproducible-builds.org/specs/source-date-epoch/>
  static func templates() throws -> TemplateClock {
    guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"], !text.isEmpty else { return .now }
    guard let seconds = Int(text), abs(seconds) < 1 << 40 else {
      throw UsageError("SOURCE_DATE_EPOCH must be a number of seconds since 1970")
    }
    return .utc(seconds)
  }
}
