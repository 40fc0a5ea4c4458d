import OrderedJSON

/// Drops a sample that says nearly the same, in nearly the same words and with the same numbers, as one kept before.
struct NearDuplicate: FilterRule {
  static let name = RuleName.nearDuplicate.rawValue

  let options: FilterOptions
  let index: DuplicateIndex
  let fingerprints: Fingerprints

  func finding(on subject: FilterSubject) throws -> Finding? {
    let fingerprint = fingerprints.of(subject)
    guard let other = try index.nearest(to: fingerprint, threshold: options.nearDuplicate) else { return nil }
    let similarity = (other.similarity * 1000).rounded() / 1000
    return Finding(
      "it is \(Int((similarity * 100).rounded())) % the same as \(other.id)",
      values: ["of": .string(other.id), "similarity": .double(similarity)])
  }
}
