import ArgumentParser
import DataForge

/// Recognises subcommands and options that do not exist and names the nearest that do.
///
/// The argument parser has a suggestion of its own, but complains first of what is missing because of the mistake.
enum Mistyped {
  /// The mistake in what was typed; `nil` where there is none of this kind.
  /// - Parameter path: the commands that stand before, as they are typed.
  static func mistake(
    in arguments: ArraySlice<String>, of known: [any ParsableCommand.Type], after path: String = "forge"
  ) -> UsageError? {
    guard let first = arguments.first, !first.hasPrefix("-") else { return nil }
    let names = known.filter { $0.configuration.shouldDisplay }.map { $0._commandName } + ["help"]
    guard let command = known.first(where: { $0._commandName == first }) else {
      guard first != "help" else { return nil }
      let nearest = Suggestion.nearest(to: first, among: names)
      let advice = nearest.map { "did you mean “\(path) \($0)”?" } ?? "there are: \(names.joined(separator: ", "))."
      return UsageError("there is no subcommand “\(first)”; \(advice)")
    }
    let subcommands = command.configuration.subcommands
    guard subcommands.isEmpty else {
      return mistake(in: arguments.dropFirst(), of: subcommands, after: "\(path) \(first)")
    }
    return option(in: arguments.dropFirst(), of: command, path: "\(path) \(first)")
  }

  private static func option(
    in arguments: ArraySlice<String>, of command: any ParsableCommand.Type, path: String
  ) -> UsageError? {
    let known = options(of: command)
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let name = String(argument.prefix { $0 != "=" })
      guard !known.contains(name) else { continue }
      let advice =
        Suggestion.nearest(to: name, among: known.sorted()).map { "did you mean “\($0)”?" }
        ?? "“\(path) --help” lists them all."
      return UsageError("“\(path)” has no option “\(name)”; \(advice)")
    }
    return nil
  }

  /// All long options, as the command's own help lists them at the beginning of its lines.
  private static func options(of command: any ParsableCommand.Type) -> Set<String> {
    var options: Set<String> = []
    for line in Forge.helpMessage(for: command, columns: 1_000).split(separator: "\n") where line.hasPrefix("  -") {
      for word in line.split(whereSeparator: { " ,/".contains($0) }).prefix(while: { $0.hasPrefix("-") }) {
        options.insert(String(word))
      }
    }
    return options
  }
}
