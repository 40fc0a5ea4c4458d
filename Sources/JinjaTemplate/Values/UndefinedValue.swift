/// What a name, attribute or element gives that is not there: prints as nothing, fails where it is used.
final class UndefinedValue: Sendable {
  private let hint: String?
  private let owner: String?
  private let name: String
  private let isText: Bool
  let kind: JinjaError.Kind

  /// A variable that does not exist.
  init(variable name: String) {
    hint = nil
    owner = nil
    self.name = name
    isText = true
    kind = .undefined
  }

  /// An undefined value with its own message.
  init(hint: String, kind: JinjaError.Kind = .undefined) {
    self.hint = hint
    owner = nil
    name = ""
    isText = true
    self.kind = kind
  }

  /// An attribute that a value lacks.
  init(attribute name: String, of owner: String) {
    hint = nil
    self.owner = owner
    self.name = name
    isText = true
    kind = .undefined
  }

  /// An element that a value lacks; `key` is written as Python would.
  init(element key: String, of owner: String) {
    hint = nil
    self.owner = owner
    name = key
    isText = false
    kind = .undefined
  }

  /// What is said where the value is used.
  var message: String {
    if let hint { return hint }
    guard let owner else { return "\(PythonRepr.quoted(name)) is undefined" }
    if isText { return "\(PythonRepr.quoted(owner)) has no attribute \(PythonRepr.quoted(name))" }
    return "\(owner) has no element \(name)"
  }

  var failure: Failure { Failure(kind, message) }
}
