import OrderedJSON

/// What one check says about a row.
///
/// `path` is a JSON Pointer. It begins with `/arguments` where an argument is at fault, and then leads on from the call
/// (`/arguments/city`); `call` says which call where the row has several. Everywhere else it leads from the row
/// (`/messages/2/role`).
public struct CheckResult: Hashable, Sendable {
  /// Which check.
  public var name: ToolCheckName
  /// Whether the row passed.
  public var pass: Bool
  /// What kind of mistake it is; `nil` where there is none.
  public var kind: FailureKind?
  /// What is wrong.
  public var reason: String?
  /// Where.
  public var path: String?
  /// Which of several calls, from 0.
  public var call: Int?
  /// What was read differently than it was written.
  public var notes: [String]

  /// Puts a result together.
  public init(
    name: ToolCheckName, pass: Bool, kind: FailureKind? = nil, reason: String? = nil, path: String? = nil,
    call: Int? = nil,
    notes: [String] = []
  ) {
    self.name = name
    self.pass = pass
    self.kind = kind
    self.reason = reason
    self.path = path
    self.call = call
    self.notes = notes
  }

  /// The result as it stands in a verdict.
  public var json: JSONValue {
    if pass, reason == nil, notes.isEmpty, let known = Self.passed[name] { return known }
    return written
  }

  /// What most results say, made once.
  private static let passed = Dictionary(
    uniqueKeysWithValues: ToolCheckName.allCases.map { ($0, CheckResult(name: $0, pass: true).written) })

  private var written: JSONValue {
    var object: JSONObject = ["name": .string(name.rawValue), "pass": .bool(pass)]
    if let kind { object["kind"] = .string(kind.rawValue) }
    if let reason { object["reason"] = .string(reason) }
    if let path { object["path"] = .string(path) }
    if let call { object["call"] = .integer(call) }
    if !notes.isEmpty { object["notes"] = .array(notes.map { .string($0) }) }
    return .object(object)
  }
}

extension CheckResult {
  /// A failure at a place of a row.
  static func fails(
    _ name: ToolCheckName, _ kind: FailureKind, at path: String, _ reason: String
  ) -> CheckResult {
    CheckResult(name: name, pass: false, kind: kind, reason: reason, path: path)
  }

  /// A failure of one call; the reason names the call where the row has several.
  static func fails(
    _ name: ToolCheckName, _ kind: FailureKind, _ call: ToolRow.Call, of row: ToolRow, at path: String,
    _ reason: String
  ) -> CheckResult {
    guard row.calls.count > 1 else { return fails(name, kind, at: path, reason) }
    let named = "call \(call.index + 1) (\(call.name ?? "without a name")): \(reason)"
    return CheckResult(name: name, pass: false, kind: kind, reason: named, path: path, call: call.index)
  }
}
