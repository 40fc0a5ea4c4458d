import DataForge
import OrderedJSON
import Testing

/// The forms in which datasets write conversations with calls.
@Suite struct RowFormTests {
  private func verdict(_ row: JSONValue) async throws -> RowVerdict {
    try await ToolCallValidator(registry: ToolRegistry(ToolRows.tools)).verdict(on: row, number: 1)
  }

  @Test func callsInATextAreCheckedWithANote() async throws {
    let good = try await verdict(ToolRows.row(ToolRows.user, ToolRows.says(CallsInTextRows.hermes)))
    #expect(good.passed)
    #expect(good.checks.first?.notes == ["calls are read from the assistant's text, as hermes writes them"])
    let bad = CallsInTextRows.hermes.replacing("city", with: "town")
    let failures = try await verdict(ToolRows.row(ToolRows.user, ToolRows.says(bad))).checks.filter { !$0.pass }
    #expect(failures.map(\.path) == ["/arguments/city", "/arguments/town"])
  }

  @Test func resultsInAUsersTurnAnswerTheCall() async throws {
    let answer: JSONValue = ["role": "user", "content": "<tool_response>\nrain\n</tool_response>"]
    let said = ToolRows.says(CallsInTextRows.hermes)
    #expect(try await verdict(ToolRows.row(ToolRows.user, said, answer, ToolRows.says("Rain."))).passed)
    let twice = ToolRows.row(ToolRows.user, said, answer, answer)
    #expect(try await verdict(twice).checks.first?.kind == .strayResult)
    let without = ToolRows.row(ToolRows.user, said, ToolRows.says("Rain."))
    #expect(try await verdict(without).checks.first?.kind == .unanswered)
  }

  @Test func anAnswerWithJSONIsNoCallWhereCallsAreStructured() async throws {
    let row = ToolRows.row(
      ToolRows.user, ToolRows.assistant(ToolRows.call(["city": "Oslo"])), ToolRows.result("rain"),
      ToolRows.says("{\"name\": \"other\", \"arguments\": {}}"))
    #expect(try await verdict(row).passed)
  }

  @Test func valuesOfDialectsWithoutTypesAreReadAsTheSchemaWants() async throws {
    let text = """
      <tool_call>
      <function=weather>
      <parameter=city>
      1234
      </parameter>
      <parameter=days>
      3
      </parameter>
      </function>
      </tool_call>
      """
    let row = ToolRows.row(ToolRows.user, ToolRows.says(text))
    #expect(try await verdict(row).passed)
    // The line feeds around a value belong to the dialect.
    #expect(
      try await ScriptedTools { Observation(status: .ok, output: $0.arguments) }.validator()
        .verdict(on: row, number: 1).observations.first?.observation.output == ["city": "1234", "days": 3])
    let wrong = text.replacing("\n3\n", with: "\nthree\n")
    let failure = try await verdict(ToolRows.row(ToolRows.user, ToolRows.says(wrong))).checks.first { !$0.pass }
    #expect(failure?.path == "/arguments/days")
  }

  @Test func conversationsOfShareGPTAreRead() async throws {
    let calling: JSONValue = [
      "from": "function_call", "value": "{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}",
    ]
    let row: JSONValue = [
      "conversations": [
        ["from": "human", "value": "Weather?"], calling, ["from": "observation", "value": "rain"],
        ["from": "gpt", "value": "It rains."],
      ]
    ]
    #expect(try await verdict(row).passed)
    let wrong: JSONValue = ["conversations": [["from": "humann", "value": "x"], calling]]
    #expect(try await verdict(wrong).checks.first?.path == "/conversations/0/from")
  }

  @Test func openAIsOlderFormIsReadWithANote() async throws {
    let call: JSONValue = ["name": "weather", "arguments": "{\"city\": \"Oslo\"}"]
    let row = ToolRows.row(
      ToolRows.user, ["role": "assistant", "content": .null, "function_call": call],
      ["role": "function", "name": "weather", "content": "rain"], ToolRows.says("Rain."))
    let verdict = try await verdict(row)
    #expect(verdict.passed)
    #expect(verdict.checks.first?.notes.isEmpty == false)
  }
}
