import OrderedJSON

/// What trying a tool showed.
public struct ToolProbe: Sendable {
  /// What is to become of the tool.
  public enum Standing: Hashable, Sendable {
    /// At least one call got an answer.
    case works
    /// No call got an answer, or none can be made; with the reason.
    case fails(String)
    /// It was not called, and nothing is known; with the reason.
    case untried(String)
  }

  /// The tool's name.
  public var tool: String
  public var standing: Standing
  /// How many calls were made, and how many of them got no answer.
  public var calls = 0
  public var failed = 0
  /// The median time of the calls that got an answer.
  public var median: Duration?
  /// Whether a repeated call got the same answer; `nil` where none was repeated.
  public var isDeterministic: Bool?
  /// Whether the same call got an answer once and none another time.
  public var isFlaky = false
  /// Arguments that got an answer, and those that did not.
  public var working: [JSONValue] = []
  public var failing: [JSONValue] = []
  /// Why the first call that got no answer did not.
  public var firstFailure: String?

  /// Takes what is known before any call.
  public init(tool: String, standing: Standing) {
    self.tool = tool
    self.standing = standing
  }

  /// What stands as `probe` beside the tool's definition.
  public var json: JSONValue {
    switch standing {
    case .works:
      var object: JSONObject = ["works": true, "calls": .integer(calls), "failed": .integer(failed)]
      if let median { object["median_ms"] = .integer(Int((median / .milliseconds(1)).rounded())) }
      if let isDeterministic { object["deterministic"] = .bool(isDeterministic) }
      if isFlaky { object["flaky"] = true }
      if let firstFailure { object["first_failure"] = .string(firstFailure) }
      return .object(object)
    case .fails(let reason):
      return ["works": false, "calls": .integer(calls), "failed": .integer(failed), "reason": .string(reason)]
    case .untried(let reason): return ["untried": .string(reason)]
    }
  }
}
