import DataForge
import Foundation
import JinjaTemplate
import OrderedJSON
import Testing

/// Our templates over conversations of our own. The expected texts and spans were made from the same files with
/// Python's jinja2, set up as `transformers` sets it up.
@Suite("preset templates")
struct PresetTests {
  private struct Case {
    var name: String
    var row: ChatRow
    /// `nil` where the template must refuse.
    var text: String?
    var spans: [Range<Int>]
  }

  private static func cases(of preset: String) throws -> [Case] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/presets.jsonl.gz"
    let reader = try JSONLinesReader(path: path)
    var cases: [Case] = []
    while let line = try reader.next() {
      let value = try line.value.get()
      guard value["preset"]?.stringValue == preset, let input = value["input"]?.objectValue else { continue }
      cases.append(
        Case(
          name: value["conversation_id"]?.stringValue ?? "", row: try ChatRow(context: input),
          text: value["expected"]?.stringValue, spans: value["generation_spans"].map(Self.ranges) ?? []))
    }
    return cases
  }

  private static func ranges(_ value: JSONValue) -> [Range<Int>] {
    (value.arrayValue ?? []).compactMap { pair in
      guard let start = pair[0]?.intValue, let end = pair[1]?.intValue else { return nil }
      return start..<end
    }
  }

  @Test(arguments: ChatTemplatePreset.all.map(\.name))
  func `a preset renders each conversation as jinja2 renders it`(preset: String) throws {
    let renderer = ChatRenderer(try ChatTemplate.named(preset), clock: .utc(1_722_006_304))
    let cases = try Self.cases(of: preset)
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
    for item in try Self.cases(of: preset) where item.text != nil && !lossy.contains(item.name) {
      let losses = try renderer.render(item.row).losses
      #expect(losses.isEmpty, "\(item.name): \(losses.map(\.reason))")
    }
  }

  @Test(arguments: ChatTemplatePreset.all)
  func `the tokens that a preset names are those that it writes`(preset: ChatTemplatePreset) throws {
    let texts = try Self.cases(of: preset.name).compactMap(\.text).joined()
    let source = preset.source
    // Padding stands in no text.
    for token in preset.tokens.additional where token != preset.tokens.pad {
      #expect(texts.contains(token) || source.contains(token), "\(token)")
    }
  }
}
