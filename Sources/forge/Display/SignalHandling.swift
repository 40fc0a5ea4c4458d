import DataForge
import Dispatch
import Glibc

/// Turns Ctrl-C and a polite kill into a wish to stop; the second one ends the process at once.
final class SignalHandling {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter first: called once, when the wish comes.
  init(_ interrupt: Interrupt, first: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "forge.signals")
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if interrupt.request() {
          first()
        } else {
          // Whatever is committed is safe: the database survives a process that ends anywhere.
          _exit(Exit.interrupted)
        }
      }
      source.resume()
      return source
    }
  }
}
