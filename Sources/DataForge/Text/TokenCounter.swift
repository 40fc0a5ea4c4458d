/// Counts the tokens that a model would make of a text.
public protocol TokenCounter: Sendable {
  /// What counts, for a stage's parameters: another counter gives other chunks.
  var name: String { get }

  /// How many tokens the text takes. Never negative, and 0 only for an empty text.
  func count(_ text: Substring) -> Int
}

extension TokenCounter {
  public func count(_ text: String) -> Int { count(text[...]) }
}
