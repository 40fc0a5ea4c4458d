import JinjaTemplate
import OrderedJSON
import Testing

/// What an error tells.
struct JinjaErrorTests {
  @Test func errorsTellTemplateLineAndColumn() throws {
    let error = try #require("first\n  {{ 'é' }}{{ none + 1 }}".failure())
    #expect(error.template == "test")
    #expect(error.line == 2)
    #expect(error.column == 15)
    #expect(error.kind == .type)
    #expect(error.description.hasPrefix("test:2:15: TypeError: unsupported operand"))
  }

  @Test func errorsSayWhatToDo() throws {
    for (source, part) in [
      ("{{ 1 + }}", "correct the template"),
      ("{{ raise_exception('Roles must alternate') }}", "messages that it asks for"),
      ("{{ a.b.c }}", "is defined"), ("{% for i in range(9) %}{% endfor %}", "RenderLimits"),
    ] {
      let error = try #require(source.failure(limits: RenderLimits(steps: 5)))
      #expect(error.advice.contains(part))
    }
  }

  @Test func whatTheTemplateRaisesIsToldWordForWord() throws {
    let error = try #require("a\n{% if true %}{{ raise_exception('Roles must ' ~ 'alternate') }}{% endif %}".failure())
    #expect(error.kind == .raised)
    #expect(error.message == "Roles must alternate")
    #expect(error.line == 2)
  }

  @Test func unknownFiltersAreFoundBeforeRendering() throws {
    let error = try #require("x\n\n{{ 1|frobnicate }}".failure())
    #expect(error.kind == .assertion)
    #expect(error.message == "No filter named 'frobnicate'.")
    #expect(error.line == 3)
  }

  @Test func missingEndsNameWhatIsOpen() throws {
    let error = try #require("{% for x in y %}{% if x %}{% endfor %}".failure())
    #expect(error.message.contains("'elif' or 'else' or 'endif'"))
    #expect(error.message.contains("innermost block that needs to be closed is 'if'"))
  }
}
