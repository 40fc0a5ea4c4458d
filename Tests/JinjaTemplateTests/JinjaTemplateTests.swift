import JinjaTemplate
import OrderedJSON
import Testing

/// What a compiled template knows about itself.
struct JinjaTemplateTests {
  @Test func itTellsWhatItMentions() throws {
    let template = try JinjaTemplate(
      """
      {% macro m(part) %}{{ part.text }}{% endmacro %}
      {% for message in messages %}{% if 'tool_calls' in message and message['reasoning_content'] %}
      {{ message.get('name') }}{% set ns.found = true %}{% endif %}{% endfor %} 'documents' {# tools #}
      """)
    for name in ["messages", "tool_calls", "reasoning_content", "name", "text", "ns", "found", "get"] {
      #expect(template.mentions(name), "\(name)")
    }
    for name in ["documents", "tools", "role", "macro"] { #expect(!template.mentions(name), "\(name)") }
    #expect(!template.hasGeneration)
    #expect(try JinjaTemplate("{% if 1 %}{% generation %}{% endgeneration %}{% endif %}").hasGeneration)
  }

  @Test func generationSpansCountCodePoints() throws {
    let rendered = try JinjaTemplate("é😀{% generation %}ñ{% endgeneration %}.").render([:])
    #expect(rendered == Rendered(text: "é😀ñ.", generationSpans: [2..<3]))
  }

  @Test func deepValuesOfTheContextAreWritten() throws {
    var value: JSONValue = 1
    for _ in 0..<100 { value = [value] }
    #expect(try "{{ v|tojson|length }} {{ v|string|length }} {{ v == v }}".rendered(["v": value]) == "201 201 True")
  }

  @Test func keysOfTheContextWinOverGlobals() throws {
    #expect(try "{{ range }}{{ dict }}".rendered(["range": 1, "dict": 2]) == "12")
  }

  @Test func clocksStandStillWhereTold() throws {
    let template = try JinjaTemplate("{{ strftime_now('%d %b %Y %H:%M') }}")
    #expect(try template.render([:], clock: .utc(86_400)).text == "02 Jan 1970 00:00")
    #expect(try template.render([:]).text.utf8.count == 17)
  }
}
