import DataForge
import OrderedJSON
import Testing

@Suite struct FilterRunTests {
  private func subject(
    _ question: String, _ answer: String, id: String = "x", evidence: String? = nil, calls: String = ""
  ) -> FilterSubject {
    FilterSubject(id: id, question: question, answer: answer, evidence: evidence, calls: calls)
  }

  private func check(_ subject: FilterSubject, options: FilterOptions = FilterOptions()) throws -> String? {
    var run = try FilterRun(options: options)
    return try run.judge(subject)?.check
  }

  private let question = "When does the relief valve open?"

  @Test func aGoodSampleStays() throws {
    #expect(try check(subject(question, "It opens at 4 bar.", evidence: "The relief valve opens at 4 bar.")) == nil)
  }

  @Test func aRejectionSaysWhyAndWhat() throws {
    var run = try FilterRun()
    let rejection = try run.judge(
      FilterSubject(id: "s1", question: question, answer: " ", document: "manual.pdf"))
    #expect(rejection?.stage == .filter)
    #expect(rejection?.check == "empty-answer")
    #expect(rejection?.id == "s1")
    #expect(rejection?.document == "manual.pdf")
  }

  // MARK: Empty and length

  @Test(arguments: ["", "  \n ", "—", "..."])
  func anEmptyAnswerIsDropped(answer: String) throws {
    #expect(try check(subject(question, answer)) == "empty-answer")
  }

  @Test func anAnswerThatCallsAToolMayBeEmpty() throws {
    #expect(try check(subject(question, "", calls: "open {\"valve\":1}")) == nil)
  }

  @Test func anEmptyQuestionIsDropped() throws {
    #expect(try check(subject("?", "At 4 bar.")) == "empty-answer")
  }

  @Test func lengthsHaveBounds() throws {
    #expect(try check(subject("Why?", "Because it must.")) == "length")
    #expect(try check(subject("为何如此?", "因为必须。")) == nil)
    #expect(try check(subject(question, String(repeating: "word and then ", count: 2_000))) == "length")
    let strict = FilterOptions(answerCharacters: 30...100)
    #expect(try check(subject(question, "At 4 bar."), options: strict) == "length")
  }

  // MARK: Refusal

  @Test(arguments: [
    "I cannot answer that.", "I'm sorry, but I can't help with this.", "As an AI language model, I have no opinion.",
    "The passage does not mention when the valve opens.", "Unfortunately, the text doesn't specify this.",
    "I don’t know.", "Not mentioned in the passage.", "Sorry, I am unable to provide that.", "N/A",
    "The provided context does not contain enough information to answer.", "The answer is not stated in the text.",
  ])
  func aRefusalIsDropped(answer: String) throws {
    #expect(try check(subject(question, answer), options: FilterOptions(only: ["refusal"])) == "refusal")
  }

  @Test(arguments: [
    "The printer cannot print on glass.", "No, the valve does not open below 4 bar.",
    "The text field does not accept digits.", "If you don't know the code, call the office.",
    "The document is kept for ten years.", "But for the seal, the pump needs no care.",
    "An AI system that cannot explain itself is called opaque.", "It does not mention: it warns.",
  ])
  func anAnswerThatOnlyNegatesStays(answer: String) throws {
    #expect(try check(subject(question, answer), options: FilterOptions(only: ["refusal"])) == nil)
  }

  // MARK: Repetition

  @Test func anAnswerThatRepeatsTheQuestionIsDropped() throws {
    let answer = "The relief valve opens when the relief valve is opened."
    #expect(try check(subject(question, answer)) == "repeats-question")
  }

  @Test(arguments: [
    ("Is the valve red or blue?", "Blue."), ("Which valve opens first, the inlet or the outlet valve?", "The inlet."),
    ("When does the relief valve open?", "The relief valve opens at 4 bar."),
  ])
  func anAnswerThatChoosesOrAddsStays(question: String, answer: String) throws {
    #expect(try check(subject(question, answer)) == nil)
  }

  // MARK: Context

  @Test(arguments: [
    "What does the passage say about valves?", "According to the text, when does the valve open?",
    "What is shown in Figure 3?", "What are the main points of this section?", "What is described above?",
    "What does Table 2 list?", "What is the purpose of this document?", "Which value does Eq. 4 give?",
    "What does this chapter explain in the text?",
  ])
  func aQuestionThatPointsAtItsPageIsDropped(question: String) throws {
    #expect(
      try check(subject(question, "At 4 bar."), options: FilterOptions(only: ["context-dependent"]))
        == "context-dependent")
  }

  @Test(arguments: [
    "What does Figure 3 of the Heron manual show?", "When does the relief valve open?",
    "Which step follows the text import?", "What is Section 230 of the Communications Decency Act?",
    "How is a table laid for six?", "What does a passage boat carry?", "What must the text of a label contain?",
    "Which page of the logbook records faults?",
  ])
  func aQuestionThatStandsByItselfStays(question: String) throws {
    #expect(try check(subject(question, "At 4 bar."), options: FilterOptions(only: ["context-dependent"])) == nil)
  }

  // MARK: Noise

  @Test(arguments: [
    "§§§ ||| ### $$$ @@@ *** ~~~ a", "The va\u{FFFD}ve op\u{FFFD}ns at 4\u{FFFD} bar", "bar bar bar bar bar",
    "the valve opens at four the valve opens at four the valve opens at four the valve opens at four",
    "text \u{E001}\u{E002}\u{E003} here",
  ])
  func brokenTextIsDropped(answer: String) throws {
    #expect(try check(subject(question, answer), options: FilterOptions(only: ["noise"])) == "noise")
  }

  @Test(arguments: [
    "E = mc² (1905)", "Use `ls -la | grep x` & read on.", "水泵在四巴时打开阀门。", "Ventil öffnet bei 4 bar — früher nicht.",
    "f(x) = ∑ aᵢ·xⁱ for i = 0 … n", "1. Close the valve.\n2. Open the tap.\n3. Close the tap.",
  ])
  func realTextStays(answer: String) throws {
    #expect(try check(subject(question, answer), options: FilterOptions(only: ["noise"])) == nil)
  }

  // MARK: Choosing rules

  @Test func onlyTheChosenRulesAreApplied() throws {
    let bad = subject(question, "I cannot answer that.")
    #expect(try check(bad, options: FilterOptions(only: ["length", "noise"])) == nil)
    #expect(try check(bad, options: FilterOptions(only: ["length", "refusal"])) == "refusal")
  }

  @Test func anUnknownRuleIsNamedWithTheNearest() {
    #expect(throws: UnknownRule(name: "near-dupplicate")) { try RuleName.named(["near-dupplicate"]) }
    #expect(UnknownRule(name: "near-dupplicate").description.contains("did you mean \"near-duplicate\"?"))
    #expect(throws: UnknownRule.self) { try check(subject("a", "b"), options: FilterOptions(only: ["lenght"])) }
  }

  @Test func optionsSurviveJSON() throws {
    let options = FilterOptions(only: ["noise"], answerCharacters: 3...9, grounding: 0.25)
    let json = try JSONValueEncoder().encode(options)
    #expect(json["answer_characters"] == [3, 9])
    #expect(try JSONValueDecoder().decode(FilterOptions.self, from: json) == options)
  }

  // MARK: Subjects from rows

  @Test func aRowOfMessagesIsASubject() throws {
    let row: JSONValue = [
      "id": 7,
      "messages": [
        ["role": "system", "content": "x"], ["role": "user", "content": [["type": "text", "text": "When?"]]],
        ["role": "assistant", "content": "At four.", "reasoning_content": "because"],
      ],
      "source": ["document": "a.pdf", "quote": "At four it opens."],
    ]
    let subject = try #require(FilterSubject(row: row))
    #expect(subject.id == "7")
    #expect(subject.question == "When?")
    #expect(subject.answer == "At four.")
    #expect(subject.rationale == "because")
    #expect(subject.evidence == "At four it opens.")
    #expect(subject.document == "a.pdf")
    #expect(FilterSubject(row: ["other": 1]) == nil)
  }
}
