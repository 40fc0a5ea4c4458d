/// A value that templates meet rarely enough not to have its own case: functions, `cycler`, `joiner`, `self`.
protocol RuntimeObject: AnyObject, Sendable {
  /// `type(value).__name__`.
  var typeName: String { get }
  /// The module of its type; empty for Python's own.
  var module: String { get }
  /// `repr(value)`.
  var representation: String { get }
  var isCallable: Bool { get }
  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value?
  func item(_ name: String, _ machine: inout Machine) throws(Failure) -> Value?
  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value
}

extension RuntimeObject {
  var module: String { "" }
  var representation: String { "<\(module.isEmpty ? typeName : "\(module).\(typeName)") object>" }
  var isCallable: Bool { false }

  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? { nil }
  func item(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? { nil }

  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    throw Failure(.type, "'\(typeName)' object is not callable")
  }
}
