import ArgumentParser
import DataForge

/// Which hosts the user allows beside those of the tools file.
struct AllowHostOption: ParsableArguments {
  @Option(
    name: .customLong("allow-host"),
    help: "A host (or host:port) that may be called, also on this machine or in a private network; may be repeated.")
  var hosts: [String] = []

  /// The hosts, each a real one.
  func checked() throws -> [String] {
    do {
      return try hosts.map { try NetworkRules.checked($0) }
    } catch let error as WebAddress.Invalid {
      throw UsageError("--allow-host: \(error.reason)")
    }
  }
}
