import DataForge

/// Lets a command that takes one row after the other stop between two rows, with nothing half written.
struct StopOnSignal {
  private let interrupt: Interrupt
  private let signals: SignalHandling

  init() {
    interrupt = Interrupt()
    signals = SignalHandling(interrupt) { Console.error("forge: stopping; nothing is written") }
  }

  /// - Throws: `Interrupted` where the wish has come.
  func check() throws {
    if interrupt.isRequested { throw Interrupted() }
  }
}
