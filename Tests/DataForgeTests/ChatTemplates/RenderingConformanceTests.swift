import DataForge
import JinjaTemplate
import OrderedJSON
import Testing

/// Model vendors' own templates, rendered by `transformers`.
@Suite("rendering conformance")
struct RenderingConformanceTests {
  private static let folder = ConformanceFolder.path("chat-templates")
  /// The moment at which the data were made.
  private static let clock = TemplateClock.utc(1_722_006_304)

  private static func cases(_ file: String) throws -> [(template: String, value: JSONValue)] {
    let reader = try JSONLinesReader(path: "\(folder ?? "")/\(file)")
    var cases: [(template: String, value: JSONValue)] = []
    while let line = try reader.next() {
      let value = try line.value.get()
      cases.append((value["template"]?.stringValue ?? "", value))
    }
    return cases
  }

  @Test(
    .enabled(if: folder != nil, "the conformance data are not there; set FORGE_CONFORMANCE"),
    arguments: ["render.jsonl", "continue_final.jsonl"])
  func `every text is the same, and what Python refuses is refused`(file: String) throws {
    var renderers: [String: ChatRenderer] = [:]
    for (template, value) in try Self.cases(file) {
      let path = "\(Self.folder ?? "")/templates/\(template)"
      let renderer = try renderers[template] ?? ChatRenderer(try ChatTemplate.named(path), clock: Self.clock)
      renderers[template] = renderer
      let row = try ChatRow(context: try #require(value["input"]?.objectValue))
      let chat = try? renderer.render(row)
      let name = "\(template), \(value["conversation_id"]?.stringValue ?? "")"
      #expect(chat?.text == value["expected"]?.stringValue, "\(name)")
      guard chat != nil, let spans = value["generation_spans"]?.arrayValue else { continue }
      let marked = chat?.assistantSpans?.map { [JSONValue.integer($0.lowerBound), .integer($0.upperBound)] } ?? []
      #expect(marked == spans.map { $0.arrayValue ?? [] }, "\(name)")
    }
  }
}
