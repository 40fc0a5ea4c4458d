import OrderedJSON

/// The six stages, in the order in which data passes them.
public enum StageName: String, Codable, Sendable, CaseIterable, Comparable {
  case extract, chunk, generate, validate, filter, export

  /// Earlier stages come first.
  public static func < (left: StageName, right: StageName) -> Bool { left.place < right.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What became of one thing that a stage looked at.
public enum Outcome<Output: Sendable>: Sendable {
  case kept(Output)
  case rejected(Rejection)
}

/// Why something was dropped, with the values that decided. Nothing is dropped without one.
public struct Rejection: Codable, Hashable, Sendable, Error {
  public var stage: StageName
  /// The check that dropped it, in kebab case: `near-duplicate`, `encrypted`.
  public var check: String
  /// A sentence for a person: what is wrong, where, and what to do.
  public var reason: String
  /// The document's path, where one is known.
  public var document: String?
  /// The page, counted from 1, where one is known.
  public var page: Int?
  /// The numbers and words that decided, for example `{"similarity": 0.91, "of": "…"}`.
  public var values: JSONValue
  /// The id of what was dropped.
  public var id: String
  /// What was dropped, whole, where it is data that we made (never a file's bytes).
  public var item: JSONValue?

  public init(
    stage: StageName, check: String, reason: String, document: String? = nil, page: Int? = nil,
    values: JSONValue = [:], id: String, item: JSONValue? = nil
  ) {
    self.stage = stage
    self.check = check
    self.reason = reason
    self.document = document
    self.page = page
    self.values = values
    self.id = id
    self.item = item
  }
}
