import OrderedJSON

/// Why an input is rejected whole.
struct InputFailure: Error {
  /// The name of the rejection: `damaged`, `too-large`, `too-complex`, `encrypted`, `no-text`, …
  var check: String
  /// What is wrong and what to do about it, to follow the file's name.
  var reason: String
  var values: JSONValue = [:]

  static func damaged(_ what: String) -> InputFailure {
    InputFailure(check: "damaged", reason: "is damaged: \(what). Copy, download or save it again.")
  }

  static func tooLarge(_ what: String, limit: Int) -> InputFailure {
    InputFailure(
      check: "too-large", reason: "\(what), more than the limit of \(limit).", values: ["limit": .integer(limit)])
  }

  static func tooComplex(_ what: String, limit: Int) -> InputFailure {
    InputFailure(
      check: "too-complex", reason: "\(what), more than the limit of \(limit).", values: ["limit": .integer(limit)])
  }

  static let withoutText = InputFailure(check: "no-text", reason: "has no text.")
}
