import CPoppler
import GRDB

/// The versions of the system's libraries that do the work.
public enum Libraries {
  public static var poppler: String { String(cString: poppler_get_version()) }

  public static var sqlite: String {
    let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
    return version.flatMap { $0 } ?? "unknown"
  }
}
