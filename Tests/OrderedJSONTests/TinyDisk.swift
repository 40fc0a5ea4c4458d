import Foundation

/// A disk of one megabyte in memory, where the system lets us mount one.
enum TinyDisk {
  static let canBeMade = (try? with { _ in true }) == true

  struct Refused: Error {}

  /// Lends its folder.
  static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
    try withScratchFolder { folder in
      guard mount("tmpfs", folder, "tmpfs", 0, "size=1m") == 0 else { throw Refused() }
      defer { umount(folder) }
      return try body(folder)
    }
  }
}
