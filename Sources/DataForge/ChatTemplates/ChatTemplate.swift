import JinjaTemplate
import OrderedJSON

/// A model's chat template with the special tokens that it may write, compiled once and rendered for every row.
public struct ChatTemplate: Sendable {
  /// Where a template comes from.
  public enum Origin: Hashable, Sendable {
    /// One that we wrote.
    case preset
    /// A Jinja file, or a tokenizer's configuration: the model's own.
    case file
  }

  /// What the user called it: a preset's name or a path.
  public let name: String
  public let origin: Origin
  public let tokens: SpecialTokens
  /// How the rendered text is read back; `nil` where its way of writing turns is not one that we know.
  public let dialect: Dialect?
  /// By the name that a tokenizer's configuration gives them; a lone template is `default`.
  private let templates: [String: JinjaTemplate]

  init(
    name: String, origin: Origin, tokens: SpecialTokens, dialect: Dialect?, templates: [String: JinjaTemplate]
  ) {
    self.name = name
    self.origin = origin
    self.tokens = tokens
    self.dialect = dialect
    self.templates = templates
  }

  static let defaultName = "default"
  static let toolUseName = "tool_use"

  /// Whether a row's tools can reach the text at all.
  var takesTools: Bool { templates.values.contains { $0.mentions("tools") } }

  /// The template that `transformers` would take: `tool_use` for a row with tools where there is one, else `default`.
  func template(hasTools: Bool) throws(ChatTemplateError) -> JinjaTemplate {
    if hasTools, let template = templates[Self.toolUseName] { return template }
    if let template = templates[Self.defaultName] { return template }
    throw ChatTemplateError(
      name: name,
      reason: "it names the templates \(templates.keys.sorted().joined(separator: ", ")) and none of them "
        + "“default”; write the one you want to a .jinja file and name that")
  }
}

/// Why a chat template cannot be used at all.
public struct ChatTemplateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the user called it.
  public var name: String
  /// What is wrong and what to do.
  public var reason: String

  public var description: String { "template \(name): \(reason)" }
}
