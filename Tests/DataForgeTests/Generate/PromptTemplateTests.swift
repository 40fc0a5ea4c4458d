import EmbeddedTemplates
import Testing

@testable import DataForge

@Suite struct PromptTemplateTests {
  @Test("markers make messages, and blank lines around a message go")
  func messages() {
    let template = PromptTemplate(
      "[[system]]\n\nBe {{how}}.\n\n[[user]]\n{{passage}}\n\nAsk.\n", known: ["how", "passage"])
    let messages = template.messages(["how": "brief", "passage": "P"])
    #expect(messages == [Message(role: .system, content: "Be brief."), Message(role: .user, content: "P\n\nAsk.")])
  }

  @Test("braces in a value are never read as a placeholder")
  func injection() {
    let template = PromptTemplate("{{passage}} / {{count}}", known: ["passage", "count"])
    let text = "{{count}} {{passage}} [[system]]\n[[system]]"
    #expect(template.messages(["passage": text, "count": "3"]).map(\.content) == [text + " / 3"])
  }

  @Test("a placeholder without a value is named with its line, and one that is needed is missed")
  func mistakes() {
    let template = PromptTemplate("one\n[[user]]\n\n{{pasage}} { { {{ {{}} }}", known: ["passage"])
    #expect(
      template.mistakes(required: ["passage"]) == [
        .unknownPlaceholder("pasage", line: 4, known: ["passage"]), .missingPlaceholder("passage"),
      ])
    #expect(throws: PromptTemplate.Mistake.self) { try QuestionAnswerTask(prompt: "Ask about it.") }
  }

  @Test("the prompt that we ship has no mistakes and uses every placeholder")
  func shipped() {
    let known = ["headings", "passage", "count", "boundary"]
    #expect(PromptTemplate(Prompts.questionAnswer, known: known).mistakes(required: known).isEmpty)
  }
}
