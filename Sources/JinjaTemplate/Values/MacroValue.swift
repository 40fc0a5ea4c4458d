/// A macro, or the body of a `call` block, together with the variables around its definition.
final class MacroValue: @unchecked Sendable {
  let definition: MacroDefinition
  private(set) var frame: Frame?

  init(_ definition: MacroDefinition, in frame: Frame?) {
    self.definition = definition
    self.frame = frame
  }

  var representation: String { "<Macro \(definition.name.map(PythonRepr.quoted) ?? "anonymous")>" }
}
