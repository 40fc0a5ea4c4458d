/// What kind of mistake fails a check: what failures are counted by. A verdict has it as `kind`.
public enum FailureKind: String, Codable, Hashable, Sendable, CaseIterable {
  // MARK: format

  /// The line is no JSON.
  case notJSON = "not-json"
  /// The row is no object, or has no messages.
  case notARow = "not-a-row"
  /// A message has no role, or one that there is not.
  case role
  /// A message says nothing, or something that is no text.
  case content
  /// Turns stand in an order that no conversation has.
  case order
  /// Calls stand where none can, or are no list.
  case misplacedCalls = "misplaced-calls"
  /// A call has no name, or none that a function can have.
  case name
  /// The arguments are no JSON object.
  case arguments
  /// A call in a text cannot be read.
  case brokenText = "broken-text"
  /// Two calls have one id.
  case repeatedID = "repeated-id"
  /// A call has no result, though the conversation goes on.
  case unanswered
  /// A result answers no call.
  case strayResult = "stray-result"
  /// There is no call, and the row does not say that none is right.
  case noCall = "no-call"
  /// There is a call, and the row says that none is right.
  case unwantedCall = "unwanted-call"

  // MARK: schema

  /// Neither the row nor the user names tools, or the definitions are broken.
  case tools
  case unknownTool = "unknown-tool"
  case unknownArgument = "unknown-argument"
  case missingArgument = "missing-argument"
  case type
  /// The value is none of those that are listed.
  case choice = "enum"
  case format
  /// A number is too small, too large or no multiple.
  case range
  /// A text, list or object is too short or too long, or does not follow its pattern.
  case shape
  /// None, or too many, of several schemas fit.
  case alternatives
  /// Any other keyword.
  case schema

  // MARK: execution

  /// The tools file does not say how to make the call, or it cannot be made.
  case notExecutable = "not-executable"
  case failed
  case errorAnswer = "error-answer"
  case emptyAnswer = "empty-answer"
  case refused
  case unreachable
  case timedOut = "timed-out"
  case outputLimit = "output-limit"
  case killed
  /// The tool's answer is not the JSON that it should be.
  case answerNotJSON = "answer-not-json"
  /// The recorded result is not what the tool answers.
  case otherResult = "other-result"

  // MARK: meaning

  /// The calls do not serve the request.
  case unserved
  /// The answer does not follow from the results.
  case unsupported
  /// The judge gave no verdict.
  case unjudged
  /// The judge was not asked: its server is down, or the budget is used up.
  case unasked
}

extension FailureKind {
  /// The kind of mistake that a failed keyword of JSON Schema is.
  init(keyword: String) {
    switch keyword {
    case "type": self = .type
    case "enum", "const": self = .choice
    case "format": self = .format
    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf": self = .range
    case "required", "dependentRequired": self = .missingArgument
    case "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties",
      "maxProperties", "contains", "minContains", "maxContains", "propertyNames":
      self = .shape
    case "anyOf", "oneOf", "not": self = .alternatives
    default: self = .schema
    }
  }

  /// The kind of mistake that an observation is; `nil` where the tool answered.
  init?(_ status: Observation.Status) {
    switch status {
    case .ok: return nil
    case .failed: self = .failed
    case .errorAnswer: self = .errorAnswer
    case .emptyAnswer: self = .emptyAnswer
    case .refused: self = .refused
    case .unreachable: self = .unreachable
    case .timedOut: self = .timedOut
    case .outputLimit: self = .outputLimit
    case .killed: self = .killed
    case .notJSON: self = .answerNotJSON
    case .notExecutable: self = .notExecutable
    }
  }
}
