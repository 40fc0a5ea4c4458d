import DataForge
import JinjaTemplate
import OrderedJSON
import Testing

/// Our templates over conversations of our own. The expected texts and spans were made from the same files with
/// Python's jinja2, set up as `transformers` sets it up.
@Suite("preset templates")
struct PresetTests {
  @Test(arguments: ChatTemplatePreset.all.map(\.name))
  func `a preset renders each conversation as jinja2 renders it`(preset: String) throws {
    let renderer = ChatRenderer(try ChatTemplate.named(preset), clock: .utc(1_722_006_304))
    let cases = try PresetCase.all(of: preset)
    #expect(cases.count >= 20)
    for item in cases {
      let chat = try? renderer.render(item.row)
      #expect(chat?.text == item.text, "\(item.name)")
      if item.text != nil { #expect(chat?.assistantSpans == item.spans, "\(item.name)") }
    }
  }

  @Test(arguments: ChatTemplatePreset.all.map(\.name))
  func `what a preset writes is read back without a loss`(preset: String) throws {
    let renderer = FaithfulRenderer(ChatRenderer(try ChatTemplate.named(preset), clock: .utc(1_722_006_304)))
    #expect(renderer.renderer.template.dialect != nil)
    // What a model's own format leaves out: the reasoning of turns that are over.
    let lossy: Set<String> = ["reasoning_every_turn", "reasoning_and_call"]
    for item in try PresetCase.all(of: preset) where item.text != nil && !lossy.contains(item.name) {
      let losses = try renderer.render(item.row).losses
      #expect(losses.isEmpty, "\(item.name): \(losses.map(\.reason))")
    }
  }

  @Test(arguments: ChatTemplatePreset.all)
  func `the tokens that a preset names are those that it writes`(preset: ChatTemplatePreset) throws {
    let texts = try PresetCase.all(of: preset.name).compactMap(\.text).joined()
    let source = preset.source
    // Padding stands in no text.
    for token in preset.tokens.additional where token != preset.tokens.pad {
      #expect(texts.contains(token) || source.contains(token), "\(token)")
    }
  }
}
