import DataForge
import OrderedJSON
import Testing

@Suite struct RowRepairTests {
  private func judged(_ row: JSONValue) async throws -> ToolCallValidator.Judged {
    var validator = try ToolCallValidator(registry: ToolRegistry(ToolRows.tools), checks: [.format, .schema])
    validator.repairs = true
    return try await validator.judged(row, number: 1)
  }

  private func arguments(_ row: JSONValue) -> JSONValue? {
    row["messages"]?[1]?["tool_calls"]?[0]?["function"]?["arguments"]
  }

  @Test(
    arguments: [
      (["city": "Oslo", "days": "3"], ["city": "Oslo", "days": 3]),
      (["city": "Oslo", "days": 3.0], ["city": "Oslo", "days": 3]),
      (["city": "Oslo", "days": "3.0"], ["city": "Oslo", "days": 3]),
      (["city": "Oslo", "detailed": "true"], ["city": "Oslo", "detailed": true]),
      (["city": "Oslo", "share": "0.25"], ["city": "Oslo", "share": 0.25]), (["city": 1234], ["city": "1234"]),
      (["city": "Oslo", "place": "{\"lat\": 59.9}"], ["city": "Oslo", "place": ["lat": 59.9]]),
      (["city": "Oslo", "place": ["lat": "59.9"]], ["city": "Oslo", "place": ["lat": 59.9]]),
      (["city": "Oslo", "hours": "[1, 2]"], ["city": "Oslo", "hours": [1, 2]]),
      (["city": "Oslo", "hours": ["1", 2.0]], ["city": "Oslo", "hours": [1, 2]]),
      (["city": "Oslo", "any": "3"], ["city": "Oslo", "any": 3]),
    ] as [(JSONValue, JSONValue)])
  func whatConvertsWithoutLossIsConverted(written: JSONValue, wanted: JSONValue) async throws {
    let judged = try await judged(ToolRows.row(calling: written))
    #expect(judged.verdict.passed, "\(judged.verdict.checks)")
    #expect(arguments(judged.row) == wanted)
    #expect(judged.row["fixes"]?.arrayValue?.isEmpty == false)
    #expect(judged.verdict.json["fixes"] == judged.row["fixes"])
  }

  @Test(
    arguments: [
      ["city": "Oslo", "days": "three"], ["city": "Oslo", "days": 3.5], ["city": "Oslo", "days": "3.5"],
      ["city": "Oslo", "days": "99"], ["city": "Oslo", "days": " 3 km"], ["city": "Oslo", "days": "007"],
      ["city": "Oslo", "unit": "celsius"], ["city": "Oslo", "citty": "Oslo"], ["town": "Oslo"],
      ["city": "Oslo", "days": .null], ["city": "Oslo", "detailed": "yes"], ["city": "Oslo", "days": 0],
      ["city": ["Oslo"]],
    ] as [JSONValue])
  func whatIsNotSafeStays(written: JSONValue) async throws {
    let judged = try await judged(ToolRows.row(calling: written))
    #expect(!judged.verdict.passed)
    #expect(arguments(judged.row) == written)
    #expect(judged.row["fixes"] == nil)
  }

  @Test func whatIsRightIsLeftAlone() async throws {
    let row = ToolRows.row(calling: ["city": "123", "free": "3", "days": 2])
    let judged = try await judged(row)
    #expect(judged.verdict.passed)
    #expect(judged.row == row)
  }

  @Test func theRestOfARowThatCannotBeRepairedWhollyIsRepaired() async throws {
    let judged = try await judged(ToolRows.row(calling: ["city": "Oslo", "days": "3", "citty": 1]))
    #expect(!judged.verdict.passed)
    #expect(arguments(judged.row) == ["city": "Oslo", "days": 3, "citty": 1])
    let fix = try #require(judged.row["fixes"]?[0])
    #expect(fix["path"] == "/messages/1/tool_calls/0/function/arguments/days")
    #expect(fix["from"] == "3")
    #expect(fix["to"] == 3)
  }

  @Test func argumentsThatAreJSONTextBecomeAnObject() async throws {
    let judged = try await judged(ToolRows.row(calling: "{\"city\": \"Oslo\", \"days\": \"3\"}"))
    #expect(judged.verdict.passed)
    #expect(arguments(judged.row) == ["city": "Oslo", "days": 3])
    #expect(judged.row["fixes"]?.arrayValue?.count == 2)
  }

  @Test func callsInATextBecomeStructured() async throws {
    let text = "<think>\nhm\n</think>\nI look.\n" + CallsInTextRows.hermes.replacing("\"Oslo\"", with: "1234")
    let judged = try await judged(ToolRows.row(ToolRows.user, ToolRows.says(text)))
    #expect(judged.verdict.passed)
    let message = try #require(judged.row["messages"]?[1])
    #expect(message["content"] == "I look.")
    #expect(message["reasoning_content"] == "hm")
    #expect(arguments(judged.row) == ["city": "1234"])
  }

  @Test func callsInATextListKeepTheirForm() async throws {
    let row: JSONValue = [
      "query": "Weather?", "answers": "[{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\", \"days\": \"3\"}}]",
    ]
    let judged = try await judged(row)
    #expect(judged.verdict.passed)
    let answers = try #require(judged.row["answers"]?.stringValue)
    #expect(answers == "[{\"name\":\"weather\",\"arguments\":{\"city\":\"Oslo\",\"days\":3}}]")
  }

  @Test func namesAreNeverChanged() async throws {
    let row = ToolRows.row(ToolRows.user, ToolRows.assistant(ToolRows.call(["city": "Oslo"], name: "wether")))
    let judged = try await judged(row)
    #expect(judged.verdict.checks.last?.kind == .unknownTool)
    #expect(judged.row == row)
  }
}
