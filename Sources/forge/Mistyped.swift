import ArgumentParser
import DataForge

/// Recognises a subcommand that does not exist and names the nearest one that does.
enum Mistyped {
  static func subcommand(in arguments: [String], of known: [any ParsableCommand.Type]) -> UsageError? {
    guard let first = arguments.first, !first.hasPrefix("-") else { return nil }
    let names = known.map { $0._commandName } + ["help"]
    guard !names.contains(first) else { return nil }
    let nearest = Suggestion.nearest(to: first, among: names)
    let advice = nearest.map { "did you mean “forge \($0)”?" } ?? "there are: \(names.joined(separator: ", "))."
    return UsageError("there is no subcommand “\(first)”; \(advice)")
  }
}
