import OrderedJSON

/// Why a row, or a part of it, is not in the output.
public struct RowProblem: Error, Hashable, Sendable {
  /// The check that dropped it, in kebab case.
  public var check: String
  /// A sentence for a person: which field, what is wrong, what to do.
  public var reason: String
  /// The values that decided.
  public var values: JSONObject

  public init(_ check: String, _ reason: String, values: JSONObject = [:]) {
    self.check = check
    self.reason = reason
    self.values = values
  }

  init(_ misfit: RowMisfit) {
    self.init("wrong-shape", "\(misfit.path): \(misfit.reason)", values: ["path": .string(misfit.path)])
  }

  init(_ error: ChatRenderError, template: String) {
    var values: JSONObject = ["template": .string(template)]
    if error.line > 0 { values["line_of_template"] = .integer(error.line) }
    self.init(error.kind == .limit ? "template-limit" : "template-error", error.reason, values: values)
  }

  /// - Parameter losses: at least one.
  init(_ losses: [Loss], template: String) {
    let shown = losses.prefix(3).map { "\($0.path): \($0.reason)" }.joined(separator: "; ")
    let more = losses.count > 3 ? "; and \(losses.count - 3) more" : ""
    let onlyReasoning = losses.allSatisfy { $0.kind == .reasoning }
    let advice = onlyReasoning ? "--no-reasoning leaves it out on purpose, --allow-lossy keeps" : "--allow-lossy keeps"
    self.init(
      "lossy", "the text does not carry all of the row: \(shown)\(more); \(advice) such rows",
      values: [
        "template": .string(template),
        "lost": .array(
          losses.map { ["path": .string($0.path), "kind": .string($0.kind.rawValue), "reason": .string($0.reason)] }),
      ])
  }
}
