import OrderedJSON

/// What all checks together say about a row: one line of the verdicts file.
public struct RowVerdict: Hashable, Sendable {
  /// What became of one call of the row.
  public struct ObservedCall: Hashable, Sendable {
    /// Its place among the row's calls, from 0.
    public var call: Int
    /// The id that the row gives it.
    public var id: String?
    /// The tool that was called.
    public var tool: String
    /// What was seen.
    public var observation: Observation
  }

  /// The row's number in the file, from 1: that of its line or, where the file is one array, of its element.
  public var row: Int
  /// The row's own `id`, whatever it is.
  public var id: JSONValue
  /// In the order in which they were done; every failure is an entry of its own.
  public var checks: [CheckResult]
  /// The calls that were executed, in order.
  public var observations: [ObservedCall]
  /// What was repaired before the checks: each with `path`, `reason` and, where a value changed, `from` and `to`.
  public var fixes: [JSONValue] = []

  /// Whether every check passed.
  public var passed: Bool { checks.allSatisfy(\.pass) }

  /// Puts a verdict together.
  public init(
    row: Int, id: JSONValue, checks: [CheckResult], observations: [ObservedCall], fixes: [JSONValue] = []
  ) {
    self.row = row
    self.id = id
    self.checks = checks
    self.observations = observations
    self.fixes = fixes
  }

  /// The verdict in the form of the command contract.
  public var json: JSONValue {
    var object: JSONObject = [
      "row": .integer(row), "id": id, "verdict": passed ? "pass" : "fail", "checks": .array(checks.map(\.json)),
      "observations": .array(
        observations.map { seen in
          var object: JSONObject = ["call": .integer(seen.call)]
          if let id = seen.id { object["id"] = .string(id) }
          object["tool"] = .string(seen.tool)
          for (key, value) in seen.observation.json.objectValue ?? [:] { object[key] = value }
          return .object(object)
        }),
    ]
    if !fixes.isEmpty { object["fixes"] = .array(fixes) }
    return .object(object)
  }
}
