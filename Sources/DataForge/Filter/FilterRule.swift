import OrderedJSON

/// Why a rule drops a subject, and the values that decided.
public struct Finding: Hashable, Sendable {
  /// A sentence for a person.
  public var reason: String
  /// The numbers and words that decided.
  public var values: JSONValue

  /// Takes a sentence and the values behind it.
  public init(_ reason: String, values: JSONValue = [:]) {
    self.reason = reason
    self.values = values
  }
}

/// One reason to drop a sample.
///
/// A rule may remember what it computed, never what it decided: its finding depends on the subject, the options and,
/// for duplicates, on the subjects kept before.
public protocol FilterRule {
  /// The name by which the rule is chosen and reported, in kebab case.
  static var name: String { get }

  /// What is wrong with the subject, or `nil`.
  mutating func finding(on subject: FilterSubject) throws -> Finding?
}
