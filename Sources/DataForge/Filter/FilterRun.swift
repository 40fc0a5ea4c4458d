import OrderedJSON

/// Passes a corpus through the rules, subject by subject, in order.
///
/// Among duplicates the first one that passed every other rule stays. Memory does not grow with the corpus: what
/// duplicates are found by lies in a private database on disk.
public struct FilterRun: ~Copyable {
  private var rules: [(name: RuleName, rule: any FilterRule)]
  private let index: DuplicateIndex?
  private let fingerprints: Fingerprints

  /// Makes the rules that the options name.
  /// - Throws: `UnknownRule`, or a database error where the temporary folder cannot be written.
  public init(options: FilterOptions = FilterOptions()) throws {
    let names = try options.only.map { try RuleName.named($0) } ?? RuleName.allCases
    let fingerprints = Fingerprints()
    let seeksDuplicates = names.contains(.exactDuplicate) || names.contains(.nearDuplicate)
    let index = seeksDuplicates ? try DuplicateIndex(seeksNear: names.contains(.nearDuplicate)) : nil
    self.fingerprints = fingerprints
    self.index = index
    rules = names.compactMap { name -> (RuleName, any FilterRule)? in
      switch name {
      case .emptyAnswer: (name, EmptyAnswer())
      case .length: (name, Length(options: options))
      case .noise: (name, Noise(options: options))
      case .refusal: (name, Refusal())
      case .repeatsQuestion: (name, RepeatsQuestion(options: options))
      case .contextDependent: (name, ContextDependent())
      case .ungrounded: (name, Ungrounded(options: options))
      case .exactDuplicate: index.map { (name, ExactDuplicate(index: $0, fingerprints: fingerprints)) }
      case .nearDuplicate: index.map { (name, NearDuplicate(options: options, index: $0, fingerprints: fingerprints)) }
      }
    }
  }

  /// Why the subject is dropped, or `nil` where it stays.
  /// - Throws: a database error where the disk is full.
  public mutating func judge(_ subject: FilterSubject) throws -> Rejection? {
    for place in rules.indices {
      guard let finding = try rules[place].rule.finding(on: subject) else { continue }
      return Rejection(
        stage: .filter, check: rules[place].name.rawValue, reason: finding.reason, document: subject.document,
        values: finding.values, id: subject.id)
    }
    if let index { try index.insert(fingerprints.of(subject), id: subject.id) }
    return nil
  }
}
