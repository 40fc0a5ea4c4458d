/// Deals groups to the parts of a dataset so that each stratum has its shares as exactly as its groups permit.
///
/// A new group goes to the part of its stratum that lacks most; a known one stays where it is, also where a row of it
/// names another stratum. A group costs the 9 bytes of a hash and a part (with a table's room about 20).
struct SplitDealer: Sendable {
  let rule: SplitRule
  /// The part of each group, by 64 bits of its hash.
  private var parts: [UInt64: UInt8] = [:]
  /// How many groups each part of a stratum has.
  private var counts: [String: [Int]] = [:]

  init(rule: SplitRule) { self.rule = rule }

  mutating func split(of group: String, in stratum: String) -> Split {
    let key = UInt64(StableID.of("split", String(rule.seed), group).prefix(16), radix: 16) ?? 0
    if let part = parts[key] { return Split.allCases[Int(part)] }
    let part = deal(&counts[stratum, default: Split.allCases.map { _ in 0 }])
    parts[key] = UInt8(part)
    return Split.allCases[part]
  }

  /// The part that lacks most of what it should have once there is one more group; the first among equals.
  private func deal(_ counts: inout [Int]) -> Int {
    let total = Double(counts.reduce(0, +) + 1)
    var best = 0
    var most = -Double.infinity
    for (part, split) in Split.allCases.enumerated() {
      let share = rule.share(of: split)
      let lack = share * total - Double(counts[part])
      // A part without a share gets nothing, not even where rounding leaves the others none.
      if share > 0, lack > most {
        best = part
        most = lack
      }
    }
    counts[best] += 1
    return best
  }
}
