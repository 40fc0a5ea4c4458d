import OrderedJSON

/// What became of one executed call.
public struct Observation: Hashable, Sendable {
  /// How a call ended.
  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    /// The tool answered.
    case ok
    /// The tool said that it failed: a program's exit code other than 0, an HTTP status from 400 on, `isError`.
    case failed
    /// The tool claims success, but its answer is worded as an error.
    case errorAnswer = "error-answer"
    /// The tool answered with nothing.
    case emptyAnswer = "empty-answer"
    /// The call would have gone to an address that is not allowed.
    case refused
    /// There is no server that answers, or it broke off.
    case unreachable
    /// The tool was stopped at its time limit.
    case timedOut = "timed-out"
    /// The tool wrote more than it may and was stopped.
    case outputLimit = "output-limit"
    /// The tool was killed by a signal, for instance at its limit of processor time.
    case killed
    /// The answer is not the JSON that it should be.
    case notJSON = "not-json"
    /// The call cannot be made: there is no such program, or a value does not fit on a command line.
    case notExecutable = "not-executable"

    /// Whether the same call would end the same way: not so where the time or the network decided.
    var isRepeatable: Bool {
      switch self {
      case .ok, .failed, .errorAnswer, .emptyAnswer, .notJSON, .refused: true
      case .unreachable, .timedOut, .outputLimit, .killed, .notExecutable: false
      }
    }
  }

  /// How it ended.
  public var status: Status
  /// What the tool answered: a JSON value where its output is JSON, or else a string; cut at the output limit.
  public var output: JSONValue
  /// A program's exit code.
  public var exitCode: Int?
  /// The status of an HTTP response.
  public var httpStatus: Int?
  /// What the tool said beside its answer (standard error), cut.
  public var message: String
  /// How long it took. No part of what is written: it differs from run to run.
  public var duration: Duration?

  /// Puts together what was seen.
  public init(
    status: Status, output: JSONValue = .null, exitCode: Int? = nil, httpStatus: Int? = nil, message: String = "",
    duration: Duration? = nil
  ) {
    self.status = status
    self.output = output
    self.exitCode = exitCode
    self.httpStatus = httpStatus
    self.message = message
    self.duration = duration
  }

  /// Whether the answer is nothing, or has nothing in it.
  var saysNothing: Bool {
    switch output {
    case .null: true
    case .string(let text): text.allSatisfy(\.isWhitespace)
    case .array(let list): list.isEmpty
    case .object(let object): object.isEmpty
    default: false
    }
  }

  /// The observation as it stands in a verdict, without the duration.
  public var json: JSONValue {
    var object: JSONObject = ["status": .string(status.rawValue), "output": output]
    if let exitCode { object["exit_code"] = .integer(exitCode) }
    if let httpStatus { object["http_status"] = .integer(httpStatus) }
    if !message.isEmpty { object["message"] = .string(message) }
    return .object(object)
  }
}
