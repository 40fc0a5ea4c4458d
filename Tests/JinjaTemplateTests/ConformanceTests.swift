import JinjaTemplate
import OrderedJSON
import Testing

/// Real chat templates and Jinja's own tests, where the conformance data are.
struct ConformanceTests {
  static let micro = TestFiles.conformance("jinja/micro.jsonl")
  static let render = TestFiles.conformance("chat-templates/render.jsonl")
  static let missing: Comment = "the conformance data are not there; set FORGE_CONFORMANCE"

  @Test(.enabled(if: micro != nil, missing))
  func snippetsOfJinjaItselfRenderTheSameBytes() throws {
    for row in try TestFiles.rows(#require(Self.micro)) {
      let source = try #require(row["template"]?.stringValue)
      expect(row, source) {
        try JinjaTemplate(source).render(row["context"]?.objectValue ?? [:], clock: TestFiles.clock)
      }
    }
  }

  @Test(.enabled(if: render != nil, missing))
  func realTemplatesRenderTheSameBytes() throws {
    var templates = Templates()
    for row in try TestFiles.rows(#require(Self.render)) {
      let context = try #require(row["input"]?.objectValue)
      let template = try templates.template(of: row)
      expect(row, "\(template.name) \(row["conversation_id"]?.stringValue ?? "")") {
        try template.render(context, clock: TestFiles.clock)
      }
    }
  }

  private func expect(_ row: JSONValue, _ what: String, _ render: () throws -> Rendered) {
    do {
      let rendered = try render()
      #expect(row["expected"] == .string(rendered.text), "\(what)")
      guard let spans = row["generation_spans"]?.arrayValue else { return }
      let ours = rendered.generationSpans.map { JSONValue.array([.integer($0.lowerBound), .integer($0.upperBound)]) }
      #expect(spans == ours, "\(what)")
    } catch {
      #expect(row["error"] != nil, "\(what): \(error)")
    }
  }
}

/// The real templates, each compiled once.
private struct Templates {
  private var compiled: [String: JinjaTemplate] = [:]

  mutating func template(of row: JSONValue) throws -> JinjaTemplate {
    let name = try #require(row["template"]?.stringValue)
    if let template = compiled[name] { return template }
    let path = try #require(TestFiles.conformance("chat-templates/templates/\(name)"))
    let template = try JinjaTemplate(TestFiles.text(path), name: name)
    compiled[name] = template
    return template
  }
}
