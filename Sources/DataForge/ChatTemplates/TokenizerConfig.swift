import Foundation
import JinjaTemplate
import OrderedJSON

/// What a model's `tokenizer_config.json` says of its chat: the templates and the special tokens.
///
/// A token stands there as text or as an object with `content`; the templates as one text or as a list of
/// `{"name", "template"}`. Newer models keep the templates in files beside it.
struct TokenizerConfig {
  private let path: String
  private let json: JSONObject

  /// - Throws: `ChatTemplateError` where the file is no JSON object, `FileError` where it cannot be read.
  init(path: String) throws {
    self.path = path
    do {
      guard let object = try JSONValue(parsing: WholeFile.text(path)).objectValue else {
        throw ChatTemplateError(name: path, reason: "the file must hold a JSON object, as tokenizer_config.json does")
      }
      json = object
    } catch let error as JSONParseError {
      throw ChatTemplateError(name: path, reason: "the file is no JSON: \(error)")
    }
  }

  /// - Parameter tokens: what the user says, which goes before what the file says.
  func template(tokens: SpecialTokens) throws -> ChatTemplate {
    let sources = try templateSources()
    var templates: [String: JinjaTemplate] = [:]
    for (name, source) in sources {
      let label = sources.count == 1 ? path : "\(path) (\(name))"
      templates[name] = try ChatTemplate.compile(source, name: label)
    }
    let main = sources.first { $0.name == ChatTemplate.toolUseName } ?? sources[0]
    return ChatTemplate(
      name: path, origin: .file, tokens: ownTokens.overridden(by: tokens),
      dialect: Dialect.recognise(template: main.source), templates: templates)
  }

  private var ownTokens: SpecialTokens {
    func token(_ value: JSONValue?) -> String? { value?.stringValue ?? value?["content"]?.stringValue }
    let lists = ["additional_special_tokens", "extra_special_tokens"].flatMap { json[$0]?.arrayValue ?? [] }
    return SpecialTokens(
      bos: token(json["bos_token"]), eos: token(json["eos_token"]), pad: token(json["pad_token"]),
      unknown: token(json["unk_token"]), additional: lists.compactMap(token))
  }

  /// Files beside the configuration go before what stands in it, as `from_pretrained` has it.
  private func templateSources() throws -> [(name: String, source: String)] {
    let files = try templateFiles()
    if !files.isEmpty { return files }
    switch json["chat_template"] {
    case .string(let source)?: return [(ChatTemplate.defaultName, source)]
    case .array(let list)? where !list.isEmpty:
      return try list.enumerated().map { index, entry in
        guard let name = entry["name"]?.stringValue, let source = entry["template"]?.stringValue else {
          throw ChatTemplateError(
            name: path, reason: "/chat_template/\(index) must be an object with a name and a template")
        }
        return (name, source)
      }
    case nil, .null?:
      throw ChatTemplateError(
        name: path, reason: "it has no chat_template, and no chat_template.jinja stands beside it")
    default:
      throw ChatTemplateError(
        name: path, reason: "/chat_template must be the template's text or a list of named templates")
    }
  }

  /// `chat_template.jinja`, and `NAME.jinja` of the folder `additional_chat_templates`, as `save_pretrained` writes them.
  private func templateFiles() throws -> [(name: String, source: String)] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let extras = folder + "additional_chat_templates"
    let manager = FileManager.default
    var files: [(name: String, path: String)] = [(ChatTemplate.defaultName, folder + "chat_template.jinja")]
    for file in (try? manager.contentsOfDirectory(atPath: extras))?.sorted() ?? [] where file.hasSuffix(".jinja") {
      files.append((String(file.dropLast(".jinja".count)), "\(extras)/\(file)"))
    }
    return try files.filter { manager.fileExists(atPath: $0.path) }.map { ($0.name, try WholeFile.text($0.path)) }
  }
}
