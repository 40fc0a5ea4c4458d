import CPoppler

/// Keeps poppler's complaints about damaged files off the terminal: what matters becomes a rejection.
enum PopplerMessages {
  /// Done once a process, however often it is called.
  static func silence() { _ = once }

  private static let once: Void = {
    let ignore: GLogFunc = { _, _, _, _ in }
    _ = g_log_set_handler("Poppler", GLogLevelFlags(rawValue: -1), ignore, nil)
    _ = g_set_printerr_handler { _ in }
  }()
}
