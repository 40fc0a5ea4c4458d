import OrderedJSON

/// Drops a sample that has the same words, in question, answer and calls, as one that was kept before.
struct ExactDuplicate: FilterRule {
  static let name = RuleName.exactDuplicate.rawValue

  let index: DuplicateIndex
  let fingerprints: Fingerprints

  func finding(on subject: FilterSubject) throws -> Finding? {
    guard let other = try index.equal(to: fingerprints.of(subject)) else { return nil }
    return Finding("the same words stand in \(other)", values: ["of": .string(other)])
  }
}
