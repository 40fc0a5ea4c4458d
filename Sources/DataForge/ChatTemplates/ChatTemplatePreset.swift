import EmbeddedTemplates
import OrderedJSON

/// A chat template that we wrote, with what its model's tokenizer holds. It renders like the model's own and marks what
/// the assistant writes.
public struct ChatTemplatePreset: Hashable, Sendable {
  /// As people name the model's family, for example `qwen2.5`.
  public let name: String
  /// One line.
  public let description: String
  /// Models on the Hugging Face hub that are served with it.
  public let models: [String]
  public let tokens: SpecialTokens
  public let takesTools: Bool
  private let dialectName: String

  /// The template's text.
  public var source: String { ChatTemplateSources.source(of: name) ?? "" }

  /// All of them, in the order in which they are listed.
  public static let all: [ChatTemplatePreset] = {
    let catalog = (try? JSONValue(parsing: ChatTemplateSources.catalog))?.objectValue ?? [:]
    return catalog.map { ChatTemplatePreset(name: $0.key, $0.value) }
  }()

  /// The preset of this name, whatever the case.
  public static func named(_ name: String) -> ChatTemplatePreset? {
    let wanted = name.lowercased()
    return all.first { $0.name == wanted }
  }

  private init(name: String, _ json: JSONValue) {
    func texts(_ key: String) -> [String] { json[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    self.name = name
    description = json["description"]?.stringValue ?? ""
    models = texts("models")
    tokens = SpecialTokens(
      bos: json["bos_token"]?.stringValue, eos: json["eos_token"]?.stringValue, pad: json["pad_token"]?.stringValue,
      additional: texts("special_tokens"))
    takesTools = json["tools"]?.boolValue ?? false
    dialectName = json["dialect"]?.stringValue ?? name
  }

  /// The template, ready to render.
  /// - Parameter tokens: what the user says of the special tokens, which goes before the preset's.
  func template(tokens own: SpecialTokens) throws(ChatTemplateError) -> ChatTemplate {
    ChatTemplate(
      name: name, origin: .preset, tokens: tokens.overridden(by: own), dialect: Dialect.named(dialectName),
      templates: [ChatTemplate.defaultName: try ChatTemplate.compile(source, name: name)])
  }
}
