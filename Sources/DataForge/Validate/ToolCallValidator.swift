import OrderedJSON

/// Checks rows with tool calls: their form, their arguments, what happens when the calls are made, and their meaning.
///
/// The checks run in order. A row is executed only when it passed all checks before, and judged only when it ran.
public struct ToolCallValidator: Sendable {
  private let checks: [ToolCheckName]
  private let schema: SchemaCheck
  private let execution: ExecutionCheck
  private let meaning: MeaningCheck?

  /// Whether rows are repaired before they are checked, where that is safe (`RowRepair`).
  public var repairs = false

  /// - Parameters:
  ///   - registry: the tools for rows that bring none, and the only ones that are executed.
  ///   - checks: which checks to do; with `nil` all, and calls whose tools cannot be executed are left at that.
  ///   - executors: who executes the registry's tools.
  ///   - comparison: how recorded results are compared with observed ones.
  ///   - meaning: who judges; without, meaning is not checked.
  /// - Throws: `JSONSchemaError`, where the registry was not read from a file.
  public init(
    registry: ToolRegistry?, checks: [ToolCheckName]? = nil,
    executors: ToolExecutors? = nil, comparison: ResultComparison = ResultComparison(), meaning: MeaningCheck? = nil
  ) throws(JSONSchemaError) {
    self.checks = checks ?? ToolCheckName.allCases
    self.meaning = meaning
    schema = try SchemaCheck(registry: registry)
    execution = ExecutionCheck(executors: executors, isRequired: checks != nil, comparison: comparison)
  }

  /// A row after its checks.
  public struct Judged: Sendable {
    /// What the checks say about the row as it is now.
    public var verdict: RowVerdict
    /// The row: repaired, where repairs were asked for and there was something to repair.
    public var row: JSONValue
    let read: ToolRow?

    /// The row with the observed results for the calls that have none.
    public var recorded: JSONValue { read.map { RecordedRow.filled($0, verdict.observations) } ?? row }
  }

  /// Checks one row.
  /// - Parameter number: the row's number, from 1.
  /// - Throws: what stops the run, such as a sandbox that is gone. A bad row is a verdict.
  public func verdict(on json: JSONValue, number: Int) async throws -> RowVerdict {
    try await judged(json, number: number).verdict
  }

  /// Checks one row, and repairs it where that was asked for.
  /// - Throws: what stops the run.
  public func judged(_ json: JSONValue, number: Int) async throws -> Judged {
    var judged = judgedOnPaper(json, number: number)
    guard !isOnPaper, let row = judged.read else { return judged }
    // What is wrong on paper is never executed, and what fails is never judged.
    if checks.contains(.execution), judged.verdict.passed {
      let (failures, notes, observed) = try await execution.results(for: row)
      judged.verdict.observations = observed
      judged.verdict.add(.execution, failures, notes, ifSilent: observed.isEmpty)
    }
    if checks.contains(.meaning), let meaning, judged.verdict.passed {
      let (failures, notes) = try await meaning.results(for: row, judged.verdict.observations)
      judged.verdict.add(.meaning, failures, notes)
    }
    return judged
  }

  /// Whether nothing is executed and nobody asked, so that a verdict waits for nothing.
  var isOnPaper: Bool {
    !(checks.contains(.execution) && execution.executors != nil) && !(checks.contains(.meaning) && meaning != nil)
  }

  /// Checks one row as far as nothing needs to be executed and nobody asked.
  func judgedOnPaper(_ json: JSONValue, number: Int) -> Judged {
    var row = ToolRow(json)
    var verdict = RowVerdict(row: number, id: json["id"] ?? .null, checks: [], observations: [])
    if row.calls.contains(where: { $0.untyped != nil }), let tools = try? schema.tools(for: row) {
      row.giveTypes(tools)
    }
    if repairs {
      let repair = RowRepair(row, tools: try? schema.tools(for: row))
      if !repair.fixes.isEmpty {
        verdict.fixes = repair.fixes
        row = ToolRow(repair.row)
      }
    }
    for check in checks {
      switch check {
      case .format:
        let failures = FormatCheck.failures(in: row) { (try? schema.tools(for: row))?.registry[$0] != nil }
        verdict.add(.format, failures, row.notes)
      case .schema:
        let (failures, notes) = schema.results(for: row)
        verdict.add(.schema, failures, notes)
      case .execution where execution.executors == nil && verdict.passed:
        let (failures, notes) = execution.resultsWithoutExecutors(for: row)
        verdict.add(.execution, failures, notes, ifSilent: true)
      case .execution, .meaning: break
      }
    }
    return Judged(verdict: verdict, row: row.json, read: row)
  }
}

extension RowVerdict {
  /// - Parameter isSilent: whether a check that says nothing is left out.
  fileprivate mutating func add(
    _ name: ToolCheckName, _ failures: [CheckResult], _ notes: [String], ifSilent isSilent: Bool = false
  ) {
    guard failures.isEmpty else {
      checks += failures
      return
    }
    if isSilent, notes.isEmpty { return }
    checks.append(CheckResult(name: name, pass: true, notes: notes))
  }
}
