/// The names of the filter's rules, in the order in which they are applied: what is cheap and plain first.
public enum RuleName: String, Codable, Hashable, Sendable, CaseIterable {
  case emptyAnswer = "empty-answer"
  case length
  case noise
  case refusal
  case repeatsQuestion = "repeats-question"
  case contextDependent = "context-dependent"
  case ungrounded
  case exactDuplicate = "exact-duplicate"
  case nearDuplicate = "near-duplicate"

  /// The rules of these names in the order of application, whatever the order asked for.
  /// - Throws: `UnknownRule` for a name that no rule has.
  public static func named(_ names: [String]) throws(UnknownRule) -> [RuleName] {
    var chosen: Set<RuleName> = []
    for name in names {
      guard let rule = RuleName(rawValue: name) else { throw UnknownRule(name: name) }
      chosen.insert(rule)
    }
    return allCases.filter { chosen.contains($0) }
  }
}

/// A rule was asked for that does not exist.
public struct UnknownRule: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked for.
  public var name: String

  /// Takes what was asked for.
  public init(name: String) { self.name = name }

  public var description: String {
    let names = RuleName.allCases.map(\.rawValue)
    return "there is no filter rule \"\(name)\"\(Suggestion.hint(for: name, among: names)); the rules are "
      + names.joined(separator: ", ")
  }
}
