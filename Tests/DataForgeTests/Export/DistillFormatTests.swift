import DataForge
import OrderedJSON
import Testing

@Suite struct DistillFormatTests {
  private let sample = """
    {"id": "1", "messages": [{"role": "user", "content": "q"},
      {"role": "assistant", "content": "a", "reasoning_content": "r"}], "source": {"document": "d.pdf"}}
    """

  @Test func aSampleBecomesTwoTasksWithThePapersPrefixes() throws {
    let rows = try DistillFormat.write(try row(sample))
    #expect(
      rows == [
        [
          "id": "1", "task": "label", "prompt": "predict: q", "completion": "a", "source": ["document": "d.pdf"],
        ],
        [
          "id": "1", "task": "rationale", "prompt": "explain: q", "completion": "r", "source": ["document": "d.pdf"],
        ],
      ])
    #expect(try DistillFormat.read(label: rows[0], rationale: rows[1]) == row(sample))
  }

  @Test func aSampleWithoutReasoningIsRefusedAlways() throws {
    let bare = MessagesFormat.withoutReasoning(try row(sample))
    let found = try misfit { _ = try DistillFormat.write(bare, lossy: true) }
    #expect(found?.path == "/messages/1/reasoning_content")
  }

  @Test func aRowWithoutAnIdGetsOneThatDependsOnItAlone() throws {
    var unnamed = try row(sample)
    unnamed["id"] = nil
    let rows = try DistillFormat.write(unnamed)
    #expect(rows[0]["id"]?.stringValue?.isEmpty == false)
    #expect(rows[0]["id"] == rows[1]["id"])
    #expect(try DistillFormat.write(unnamed) == rows)
  }

  @Test func otherTurnsAndToolsAreRefusedUnlessTheyMayBeLost() throws {
    let longer = try row(
      """
      {"id": "1", "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q0"},
        {"role": "assistant", "content": "a0"}, {"role": "user", "content": "q"},
        {"role": "assistant", "content": "a", "reasoning_content": "r"}], "source": {"document": "d.pdf"},
       "tools": [{"type": "function", "function": {"name": "f"}}]}
      """)
    #expect(try misfit { _ = try DistillFormat.write(longer) }?.path == "/tools")
    var toolless = longer
    toolless["tools"] = nil
    #expect(try misfit { _ = try DistillFormat.write(toolless) }?.path == "/messages/0")
    #expect(try DistillFormat.write(longer, lossy: true) == DistillFormat.write(try row(sample)))
  }

  @Test func theHalvesOfASampleFindEachOtherInAnyOrder() throws {
    var other = try row(sample)
    other["id"] = "2"
    let first = try DistillFormat.write(try row(sample))
    let second = try DistillFormat.write(other)
    var reader = RowReader()
    #expect(try reader.read(first[1]) == nil)
    #expect(try reader.read(second[0]) == nil)
    #expect(try reader.read(first[0]) == row(sample))
    let left = reader.finish()
    #expect(left.map(\.row) == [second[0]])
    #expect(left.first?.misfit.reason == "the rationale of this id is missing")
  }

  @Test func aHalfThatIsThereTwiceIsRejected() throws {
    let rows = try DistillFormat.write(try row(sample))
    var joiner = DistillJoiner()
    #expect(try joiner.add(rows[0]) == nil)
    #expect(try misfit { _ = try joiner.add(rows[0]) }?.reason == "the label of this id is there twice")
  }

  @Test(arguments: [
    ("{\"id\": 1, \"task\": \"lable\", \"prompt\": \"p\"}", "/task"),
    ("{\"task\": \"label\", \"prompt\": \"p\"}", "/id"),
  ]) func aRowThatIsNoHalfIsRejected(text: String, path: String) throws {
    var joiner = DistillJoiner()
    #expect(try misfit { _ = try joiner.add(try row(text)) }?.path == path)
  }

  @Test func halvesThatDoNotBelongTogetherAreRejected() throws {
    let rows = try DistillFormat.write(try row(sample))
    func wrong(_ key: String, _ value: JSONValue) throws -> String? {
      var rationale = rows[1]
      rationale[key] = value
      return try misfit { _ = try DistillFormat.read(label: rows[0], rationale: rationale) }?.path
    }
    #expect(try wrong("prompt", "explain: other") == "/prompt")
    #expect(try wrong("prompt", "q") == "/prompt")
    #expect(try wrong("completion", 5) == "/completion")
  }
}
