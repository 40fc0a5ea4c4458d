@testable import DataForge
import Foundation
import JinjaTemplate
import OrderedJSON
import Testing

/// Turns that are found where a template marks none: our own templates say where they are, so the same without their
/// marks must lead to the same places.
@Suite("unmarked turns")
struct UnmarkedTurnsTests {
  private static let clock = TemplateClock.utc(1_722_006_304)

  /// The preset with `{% generation %}` made a condition that always holds.
  private static func unmarked(_ preset: ChatTemplatePreset) throws -> ChatTemplate {
    let source = preset.source
      .replacing("{%- generation -%}", with: "{%- if true -%}")
      .replacing("{%- endgeneration -%}", with: "{%- endif -%}")
    let jinja = try JinjaTemplate(source, name: preset.name)
    #expect(!jinja.hasGeneration)
    return ChatTemplate(
      name: preset.name, origin: .file, tokens: preset.tokens, dialect: Dialect.recognise(template: source),
      templates: [ChatTemplate.defaultName: jinja])
  }

  @Test(arguments: ChatTemplatePreset.all)
  func `they are found where the marks would be`(preset: ChatTemplatePreset) throws {
    let marked = ChatRenderer(try ChatTemplate.named(preset.name), clock: Self.clock)
    let unmarked = ChatRenderer(try Self.unmarked(preset), clock: Self.clock)
    let mask = LossMask(renderer: unmarked, turns: .assistant)
    for item in try PresetCase.all(of: preset.name) where item.text != nil {
      let chat = try unmarked.render(item.row)
      let spans = try marked.render(item.row).assistantSpans ?? []
      #expect(try mask.spans(of: item.row, in: chat) == spans.filter { !$0.isEmpty }, "\(item.name)")
    }
  }

  private static func spans(_ source: String, _ contents: [String]) throws -> [String] {
    let template = ChatTemplate(
      name: "t", origin: .file, tokens: SpecialTokens(eos: "</s>"), dialect: nil,
      templates: [ChatTemplate.defaultName: try JinjaTemplate(source)])
    let renderer = ChatRenderer(template)
    let row = ChatRow(
      messages: contents.enumerated().map { index, content in
        ["role": index % 2 == 0 ? "user" : "assistant", "content": .string(content)]
      })
    let chat = try renderer.render(row)
    let scalars = Array(chat.text.unicodeScalars)
    return try LossMask(renderer: renderer, turns: .assistant).spans(of: row, in: chat).map { span in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[span])
      return String(text)
    }
  }

  @Test func `a token that only the text's end has does not hide the turns before`() throws {
    let source = """
      {% for m in messages %}<{{ m.role }}>{{ m.content }}<end>
      {% endfor %}{% if add_generation_prompt %}<assistant>{% else %}{{ eos_token }}{% endif %}
      """
    #expect(try Self.spans(source, ["a", "b", "c", "d"]) == ["b<end>", "d<end>\n</s>"])
  }

  @Test func `a turn that is written otherwise when more follows is told, not guessed`() throws {
    let source = """
      {% for m in messages %}<{{ m.role }}>{{ 'last: ' if loop.last }}{{ m.content }}<end>
      {% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}
      """
    #expect(throws: LossMask.Unknown.self) { try Self.spans(source, ["a", "b", "c", "d"]) }
  }

  @Test func `a first letter that the prompt shares by its bytes alone is not cut`() throws {
    let source = """
      {% for m in messages %}<{{ m.role }}>{{ m.content }}<end>
      {% endfor %}{% if add_generation_prompt %}<assistant>é{% endif %}
      """
    #expect(try Self.spans(source, ["a", "è"]) == ["è<end>"])
  }
}
