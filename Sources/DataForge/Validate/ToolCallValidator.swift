import OrderedJSON

/// Checks rows with tool calls: their form, their arguments, and what happens when the calls are made.
///
/// The checks run in order. A row is executed only when it passed all checks before.
public struct ToolCallValidator: Sendable {
  private let checks: [ToolCheckName]
  private let schema: SchemaCheck
  private let execution: ExecutionCheck

  /// - Parameters:
  ///   - registry: the tools for rows that bring none, and the only ones that are executed.
  ///   - checks: which checks to do; with `nil` all, and calls whose tools cannot be executed are left at that.
  ///   - executors: who executes the registry's tools.
  /// - Throws: `JSONSchemaError`, where the registry was not read from a file.
  public init(
    registry: ToolRegistry?, checks: [ToolCheckName]? = nil,
    executors: ToolExecutors? = nil
  ) throws(JSONSchemaError) {
    self.checks = checks ?? ToolCheckName.allCases
    schema = try SchemaCheck(registry: registry)
    execution = ExecutionCheck(executors: executors, isRequired: checks != nil)
  }

  /// Checks one row.
  /// - Parameter number: the row's number, from 1.
  /// - Throws: what stops the run, such as a sandbox that is gone. A bad row is a verdict.
  public func verdict(on json: JSONValue, number: Int) async throws -> RowVerdict {
    let row = ToolRow(json)
    var verdict = RowVerdict(row: number, id: json["id"] ?? .null, checks: [], observations: [])
    for check in checks {
      switch check {
      case .format: verdict.add(.format, FormatCheck.failures(in: row))
      case .schema:
        let (failures, notes) = schema.results(for: row)
        verdict.add(.schema, failures, notes: notes)
      case .execution:
        // What is wrong on paper is never executed.
        guard verdict.passed else { break }
        let (failures, notes, observed) = try await execution.results(for: row)
        guard !observed.isEmpty || !failures.isEmpty || !notes.isEmpty else { break }
        verdict.observations = observed
        verdict.add(.execution, failures, notes: notes)
      }
    }
    return verdict
  }
}

extension RowVerdict {
  fileprivate mutating func add(_ name: ToolCheckName, _ failures: [CheckResult], notes: [String] = []) {
    guard failures.isEmpty else {
      checks += failures
      return
    }
    checks.append(CheckResult(name: name, pass: true, notes: notes))
  }
}
