import DataForge
import OrderedJSON
import Testing

@Suite struct XLAMFormatTests {
  /// As a row of xlam-function-calling-60k is built.
  private let published = """
    {"id": 5, "query": "Weather in Oslo?",
     "tools": "[{\\"name\\": \\"weather\\", \\"description\\": \\"Tells it.\\", \\"parameters\\": {\\"city\\": {\\"description\\": \\"Which.\\", \\"type\\": \\"str\\"}, \\"days\\": {\\"type\\": \\"int, optional\\", \\"default\\": 3}, \\"units\\": {\\"type\\": \\"List[str]\\", \\"required\\": false}}}]",
     "answers": "[{\\"name\\": \\"weather\\", \\"arguments\\": {\\"city\\": \\"Oslo\\"}}]"}
    """

  @Test func aPublishedRowBecomesACall() throws {
    let read = try XLAMFormat.read(try row(published))
    let expected = try row(
      """
      {"id": 5, "messages": [{"role": "user", "content": "Weather in Oslo?"},
        {"role": "assistant", "tool_calls": [
          {"type": "function", "function": {"name": "weather", "arguments": {"city": "Oslo"}}}]}],
       "tools": [{"type": "function", "function": {"name": "weather", "description": "Tells it.", "parameters": {
         "type": "object", "properties": {"city": {"description": "Which.", "type": "string"},
           "days": {"type": "integer", "default": 3}, "units": {"type": "array", "items": {"type": "string"}}},
         "required": ["city"]}}}]}
      """)
    #expect(JSONValue.object(read).serialized() == JSONValue.object(expected).serialized())
    #expect(try XLAMFormat.read(XLAMFormat.write(read)[0]) == read)
  }

  @Test func toolsAndAnswersAreWrittenAsTextInTheBareForm() throws {
    let written = try XLAMFormat.write(try XLAMFormat.read(try row(published)))[0]
    #expect(written.keys == ["id", "query", "tools", "answers"])
    #expect(
      written["tools"]
        == """
        [{"name": "weather", "description": "Tells it.", "parameters": {"city": {"description": "Which.", "type": "str"}, \
        "days": {"type": "int, optional", "default": 3}, "units": {"type": "List[str], optional"}}}]
        """)
    #expect(written["answers"] == "[{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}]")
  }

  @Test(arguments: [
    ("str", "{\"type\":\"string\"}", true), ("str, optional", "{\"type\":\"string\"}", false),
    ("int, default=100", "{\"type\":\"integer\"}", false), ("Optional[float]", "{\"type\":\"number\"}", false),
    ("List[List[int]]", "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}", true),
    ("Dict[str, int]", "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}", true),
    (
      "Tuple[int, str]",
      "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"minItems\":2,\"maxItems\":2}",
      true
    ),
    ("list", "{\"type\":\"array\"}", true), ("bool", "{\"type\":\"boolean\"}", true), ("Any", "{}", true),
    ("Callable[[float], float]", "{\"$comment\":\"Callable[[float], float]\"}", true),
  ]) func pythonsTypesBecomeSchemas(type: String, schema: String, isRequired: Bool) throws {
    let tools: JSONValue = [["name": "f", "parameters": ["x": ["type": .string(type)]]]]
    let read = try XLAMFormat.read(["query": "q", "answers": "[]", "tools": .string(tools.serialized())])
    let parameters = read["tools"]?[0]?["function"]?["parameters"]
    #expect(parameters?["properties"]?["x"]?.serialized() == schema)
    #expect((parameters?["required"] == ["x"]) == isRequired)
  }

  @Test func aRequiredParameterWithADefaultStaysRequired() throws {
    let canonical = try row(
      """
      {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": ""}],
       "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object",
         "properties": {"a": {"type": "string", "default": "x"}, "b": {"enum": [1]}}, "required": ["a"]}}}]}
      """)
    let written = try XLAMFormat.write(canonical)[0]
    let parameters = """
      {"a": {"type": "str", "default": "x", "required": true}, "b": {"enum": [1], "required": false}}
      """
    #expect(written["tools"]?.stringValue == "[{\"name\": \"f\", \"parameters\": \(parameters)}]")
    #expect(try XLAMFormat.read(written) == canonical)
  }

  @Test(arguments: [
    ("{\"answers\": \"[]\"}", "/query"), ("{\"query\": \"q\"}", "/answers"),
    ("{\"query\": \"q\", \"answers\": \"[{\"}", "/answers"), ("{\"query\": \"q\", \"answers\": \"{}\"}", "/answers"),
    ("{\"query\": \"q\", \"answers\": [5]}", "/answers/0"),
    ("{\"query\": \"q\", \"answers\": [{\"arguments\": {}}]}", "/answers/0/name"),
    ("{\"query\": \"q\", \"answers\": [{\"name\": \"f\", \"arguments\": []}]}", "/answers/0/arguments"),
    ("{\"query\": \"q\", \"answers\": [], \"tools\": \"[\"}", "/tools"),
    ("{\"query\": \"q\", \"answers\": [], \"tools\": [{}]}", "/tools/0/name"),
    (
      "{\"query\": \"q\", \"answers\": [], \"tools\": [{\"name\": \"f\", \"parameters\": {\"a\": \"str\"}}]}",
      "/tools/0/parameters/a"
    ),
    ("{\"query\": \"q\", \"answers\": [], \"call_ids\": [\"a\"]}", "/call_ids"),
  ]) func aWrongFieldIsRejectedWhereItStands(text: String, path: String) throws {
    #expect(try misfit { _ = try XLAMFormat.read(try row(text)) }?.path == path)
  }

  private static let call =
    "{\"id\": \"a\", \"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": {}}}"

  @Test(arguments: [
    ("{\"role\": \"system\", \"content\": \"s\"}, ", "\"tool_calls\": [\(call)]", "", "/messages/0"),
    ("", "\"tool_calls\": [\(call)], \"content\": \"a\"", "", "/messages/1/content"),
    ("", "\"tool_calls\": [\(call)], \"reasoning_content\": \"r\"", "", "/messages/1/reasoning_content"),
    (
      "", "\"tool_calls\": [\(call)]", ", {\"role\": \"tool\", \"tool_call_id\": \"a\", \"content\": \"r\"}",
      "/messages/2"
    ),
    ("", "\"tool_calls\": [\(call)], \"weight\": 0", "", "/messages/1/weight"),
  ]) func whatHasNoPlaceIsRefusedUnlessItMayBeLost(
    before: String, answer: String, after: String, path: String
  ) throws {
    let canonical = try row(
      """
      {"messages": [\(before){"role": "user", "content": "q"}, {"role": "assistant", \(answer)}\(after)]}
      """)
    #expect(try misfit { _ = try XLAMFormat.write(canonical) }?.path == path)
    #expect(
      try XLAMFormat.write(canonical, lossy: true) == [
        [
          "query": "q", "tools": "[]", "answers": "[{\"name\": \"f\", \"arguments\": {}}]", "call_ids": ["a"],
        ]
      ])
  }

  @Test func aSchemaThatTheBareFormCannotSayIsRefusedUnlessItMayBeLost() throws {
    for (schema, path) in [
      ("{\"type\": \"object\", \"additionalProperties\": false}", "/additionalProperties"),
      ("{\"type\": \"object\", \"properties\": {\"x\": true}}", "/properties/x"),
      ("{\"type\": \"object\", \"properties\": {}, \"required\": [\"x\"]}", "/required"), ("true", ""),
    ] {
      let canonical = try row(
        """
        {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": ""}],
         "tools": [{"type": "function", "function": {"name": "f", "parameters": \(schema)}}]}
        """)
      let found = try misfit { _ = try XLAMFormat.write(canonical) }
      #expect(found?.path == "/tools/0/function/parameters" + path)
      #expect(try XLAMFormat.write(canonical, lossy: true).count == 1)
    }
  }

  @Test func aConversationThatIsNoQuestionAndAnswerIsRefusedAlways() throws {
    let canonical = try row("{\"messages\": [{\"role\": \"assistant\", \"content\": \"\"}]}")
    #expect(try misfit { _ = try XLAMFormat.write(canonical, lossy: true) }?.path == "/messages")
  }
}
