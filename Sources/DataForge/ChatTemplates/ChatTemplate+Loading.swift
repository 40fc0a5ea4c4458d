import JinjaTemplate
import OrderedJSON

extension ChatTemplate {
  /// The template that a user names: a preset, a Jinja file, or a model's `tokenizer_config.json`.
  ///
  /// A name with a slash or an ending is a file; any other must be a preset.
  /// - Parameter tokens: what the user says of the special tokens, which goes before what the template's source says.
  /// - Throws: `ChatTemplateError`, `FileError`.
  public static func named(_ name: String, tokens: SpecialTokens = SpecialTokens()) throws -> ChatTemplate {
    if let preset = ChatTemplatePreset.named(name) { return try preset.template(tokens: tokens) }
    if name.hasSuffix(".json") { return try TokenizerConfig(path: name).template(tokens: tokens) }
    if name.hasSuffix(".jinja") || name.hasSuffix(".jinja2") || name.contains("/") {
      return try file(name, tokens: tokens)
    }
    let presets = ChatTemplatePreset.all.map(\.name)
    throw ChatTemplateError(
      name: name,
      reason: "there is no such preset\(Suggestion.hint(for: name, among: presets)); presets: "
        + presets.joined(separator: ", ") + "; or name a file: FILE.jinja or tokenizer_config.json")
  }

  private static func file(_ path: String, tokens: SpecialTokens) throws -> ChatTemplate {
    let source = try WholeFile.text(path)
    return ChatTemplate(
      name: path, origin: .file, tokens: tokens, dialect: Dialect.recognise(template: source),
      templates: [defaultName: try compile(source, name: path)])
  }

  /// - Throws: `ChatTemplateError` with the place of the mistake.
  static func compile(_ source: String, name: String) throws(ChatTemplateError) -> JinjaTemplate {
    do {
      return try JinjaTemplate(source, name: name)
    } catch {
      throw ChatTemplateError(name: name, reason: "line \(error.line): \(error.kind.rawValue): \(error.message)")
    }
  }
}
