import JinjaTemplate
import OrderedJSON
import Testing

/// What jinja2 made of our own snippets (`Fixtures/make.py`).
struct BehaviourTests {
  @Test func everySnippetRendersOrFailsAsInPython() throws {
    var rows = try TestFiles.rows(TestFiles.fixture("behaviour.jsonl"))
    let context = try #require(rows.removeFirst()["context"]?.objectValue)
    #expect(rows.count > 200)
    for row in rows {
      let source = try #require(row["template"]?.stringValue)
      do {
        let rendered = try JinjaTemplate(source, name: "snippet").render(context, clock: TestFiles.clock)
        #expect(row["expected"] == .string(rendered.text), "\(source)")
        let spans = rendered.generationSpans.map {
          JSONValue.array([.integer($0.lowerBound), .integer($0.upperBound)])
        }
        #expect(row["spans"]?.arrayValue ?? [] == spans, "\(source)")
      } catch {
        #expect(row["error"] != nil, "\(source): \(error)")
      }
    }
  }

  @Test func syntaxErrorsStandOnThePythonLine() throws {
    for source in ["a\n{{ 1 + }}", "\n\n{% nope %}", "a\nb\n{{ 'x'|nope }}", "{% if 1 %}\n\n{% endfor %}"] {
      let error = try #require(source.failure())
      #expect(error.line == source.split(separator: "\n", omittingEmptySubsequences: false).count)
    }
  }

  @Test func oneTemplateRendersOnManyThreads() async throws {
    let template = try JinjaTemplate(
      "{% set ns = namespace(n=0) %}{% for i in l %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}")
    try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in 0..<64 {
        group.addTask {
          (number, try template.render(["l": .array((0..<200).map { .integer($0 * number) })]).text)
        }
      }
      for try await (number, text) in group { #expect(text == String(19900 * number)) }
    }
  }
}
