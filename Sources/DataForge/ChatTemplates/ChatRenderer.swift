import JinjaTemplate
import OrderedJSON

/// Renders rows through a chat template, as `apply_chat_template` of `transformers` 5.x does, byte for byte.
public struct ChatRenderer: Sendable {
  public let template: ChatTemplate
  /// Whether the beginning of an assistant's turn is added at the end, where a row does not say.
  public let addGenerationPrompt: Bool
  private let limits: RenderLimits
  private let clock: TemplateClock

  /// Takes what holds for all rows.
  public init(
    _ template: ChatTemplate, addGenerationPrompt: Bool = false, limits: RenderLimits = .default,
    clock: TemplateClock = .now
  ) {
    self.template = template
    self.addGenerationPrompt = addGenerationPrompt
    self.limits = limits
    self.clock = clock
  }

  /// Renders a row.
  /// - Throws: `ChatRenderError` where the template refuses it.
  public func render(_ row: ChatRow) throws(ChatRenderError) -> RenderedChat {
    try render(row, addGenerationPrompt: row.arguments["add_generation_prompt"].map(Self.isTrue) ?? addGenerationPrompt)
  }

  /// Renders a row, whatever it says itself about a generation prompt.
  func render(_ row: ChatRow, addGenerationPrompt: Bool) throws(ChatRenderError) -> RenderedChat {
    let jinja = try source(for: row)
    var messages = row.messages.map(Self.withReasoningNames)
    var continued: ContinuedMessage?
    if let request = row.arguments["continue_final_message"], Self.isTrue(request) {
      if addGenerationPrompt {
        throw ChatRenderError(
          kind: .arguments, reason: "continue_final_message and add_generation_prompt exclude each other")
      }
      continued = try ContinuedMessage(request, in: &messages, template: jinja.source)
    }
    var context: JSONObject = [
      "messages": .array(messages),
      "tools": row.tools.map { .array($0) } ?? .null,
      "documents": .null,
      "add_generation_prompt": .bool(addGenerationPrompt),
    ]
    for (name, value) in template.tokens.context { context[name] = value }
    for (name, value) in row.arguments where !Self.ownArguments.contains(name) { context[name] = value }
    let rendered: Rendered
    do {
      rendered = try jinja.render(context, limits: limits, clock: clock)
    } catch {
      throw ChatRenderError(error)
    }
    guard let continued else {
      return RenderedChat(
        text: rendered.text, assistantSpans: jinja.hasGeneration ? rendered.generationSpans : nil)
    }
    // The spans speak of a text with the mark in it; `transformers` does not give them here either.
    return RenderedChat(text: try continued.cut(rendered.text), assistantSpans: nil)
  }

  private func source(for row: ChatRow) throws(ChatRenderError) -> JinjaTemplate {
    do {
      return try template.template(hasTools: row.tools != nil)
    } catch {
      throw ChatRenderError(kind: .template, reason: error.reason)
    }
  }

  /// Arguments that are handled here and never reach the template under their names.
  private static let ownArguments: Set<String> = [
    "messages", "tools", "add_generation_prompt", "continue_final_message",
  ]

  /// A message whose reasoning stands under the names that templates read: `reasoning_content`, and `thinking` for
  /// gpt-oss. Source: `_alias_reasoning_fields` of `transformers` 5.23.
  private static func withReasoningNames(_ message: JSONValue) -> JSONValue {
    guard let object = message.objectValue else { return message }
    let names = ContinuedMessage.reasoningFields
    guard let reasoning = names.lazy.compactMap({ object[$0] }).first(where: { !$0.isNull }) else { return message }
    // A key that is there already keeps its value, but not its place: Python's `{"thinking": …, **message, …}`.
    var result: JSONObject = ["thinking": object["thinking"] ?? reasoning]
    for (key, value) in object { result[key] = value }
    result["reasoning_content"] = reasoning
    return .object(result)
  }

  /// Python's truth of a value.
  static func isTrue(_ value: JSONValue) -> Bool {
    switch value {
    case .null: false
    case .bool(let value): value
    case .string(let text): !text.isEmpty
    case .array(let list): !list.isEmpty
    case .object(let object): !object.isEmpty
    default: value.doubleValue != 0
    }
  }
}
