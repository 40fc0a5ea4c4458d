/// How many rows passed, and how many fell, by the first check that each failed and by every kind of mistake.
public struct VerdictTally: Hashable, Sendable {
  /// A kind of mistake, and the check that finds it.
  public struct Reason: Hashable, Sendable {
    public var check: ToolCheckName
    public var kind: FailureKind
  }

  /// Where a kind of mistake was found.
  public struct Occurrence: Hashable, Sendable {
    /// In how many rows.
    public var count = 0
    /// The numbers of the first of them, in order.
    public var rows: [Int] = []

    /// How many numbers are kept.
    public static let most = 5

    mutating func add(_ row: Int) {
      count += 1
      // Rows end in any order.
      guard rows.count < Self.most || row < (rows.last ?? .max) else { return }
      rows.insert(row, at: rows.firstIndex { $0 > row } ?? rows.endIndex)
      if rows.count > Self.most { rows.removeLast() }
    }
  }

  public var passed = 0
  /// Rows by the first check that they failed.
  public var failed: [ToolCheckName: Int] = [:]
  /// Rows by kind of mistake; a row with several is counted at each.
  public var reasons: [Reason: Occurrence] = [:]
  /// Rows that were repaired.
  public var repaired = 0
  /// Calls that were made.
  public var executed = 0

  public init() {}

  /// Rows that the judge was not asked about.
  public var unasked: Int { reasons[Reason(check: .meaning, kind: .unasked)]?.count ?? 0 }

  public var failedTotal: Int { failed.values.reduce(0, +) }

  /// The kinds of mistakes, by check and then the most frequent first.
  public var sortedReasons: [(reason: Reason, occurrence: Occurrence)] {
    let order = ToolCheckName.allCases
    return reasons.map { ($0.key, $0.value) }.sorted { left, right in
      let places = (order.firstIndex(of: left.0.check) ?? 0, order.firstIndex(of: right.0.check) ?? 0)
      if places.0 != places.1 { return places.0 < places.1 }
      if left.1.count != right.1.count { return left.1.count > right.1.count }
      return left.0.kind.rawValue < right.0.kind.rawValue
    }
  }

  mutating func add(_ verdict: RowVerdict) {
    if !verdict.fixes.isEmpty { repaired += 1 }
    executed += verdict.observations.count
    guard let first = verdict.checks.first(where: { !$0.pass }) else {
      passed += 1
      return
    }
    failed[first.name, default: 0] += 1
    var seen: Set<Reason> = []
    for check in verdict.checks where !check.pass {
      let reason = Reason(check: check.name, kind: check.kind ?? .schema)
      if seen.insert(reason).inserted { reasons[reason, default: Occurrence()].add(verdict.row) }
    }
  }

  mutating func add(_ other: VerdictTally) {
    passed += other.passed
    repaired += other.repaired
    executed += other.executed
    failed.merge(other.failed, uniquingKeysWith: +)
    for (reason, occurrence) in other.reasons {
      var mine = reasons[reason, default: Occurrence()]
      mine.count += occurrence.count
      mine.rows = Array((mine.rows + occurrence.rows).sorted().prefix(Occurrence.most))
      reasons[reason] = mine
    }
  }
}
