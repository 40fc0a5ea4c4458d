import OrderedJSON
import Testing

@testable import DataForge

@Suite struct FunctionFileImportTests {
  private func imported(_ text: String) throws -> ToolImport {
    try FunctionFileImport.run(Array(text.utf8), name: "functions.json")
  }

  private let schema: JSONValue = [
    "type": "object", "properties": ["city": ["type": "string"], "days": ["type": "integer"]], "required": ["city"],
  ]

  /// One function in every form in which people write it.
  @Test(arguments: [
    #"[{"type":"function","function":{"name":"weather","description":"d","parameters":§}}]"#,
    #"{"type":"function","function":{"name":"weather","description":"d","parameters":§}}"#,
    #"{"name":"weather","description":"d","parameters":§}"#,
    #"{"name":"weather","description":"d","input_schema":§}"#,
    #"{"name":"weather","description":"d","inputSchema":§}"#,
    #"{"type":"function","name":"weather","description":"d","parameters":§,"x":1}"#,
    #"{"tools":[{"name":"weather","description":"d","parameters":§}]}"#,
    #"{"functions":[{"name":"weather","description":"d","parameters":§}]}"#,
    #"{"tools":[{"function_declarations":[{"name":"weather","description":"d","parameters":{"type":"OBJECT","properties":{"city":{"type":"STRING"},"days":{"type":"INTEGER"}},"required":["city"],"property_ordering":["city"]}}]}]}"#,
    #"{"question":[],"function":[{"name":"weather","description":"d","parameters":{"type":"dict","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}}]}"#,
    #"{"query":"q","tools":"[{\"name\":\"weather\",\"description\":\"d\",\"parameters\":{\"city\":{\"type\":\"str\"},\"days\":{\"type\":\"int, optional\"}}}]","answers":"[]"}"#,
    #"{"name":"weather","description":"d","parameter_definitions":{"city":{"type":"str","required":true},"days":{"type":"int","required":false}}}"#,
    "You may call:\n<tools>\n{\"name\":\"weather\",\"description\":\"d\",\"parameters\":§}\n</tools>\nGo on.",
    "{\"name\":\"weather\",\"description\":\"d\",\"parameters\":§}\n\n{\"name\":\"weather\",\"description\":\"d\",\"parameters\":§}\n",
    """
    - name: weather
      description: d
      parameters:
        type: object
        properties: {city: {type: string}, days: {type: integer}}
        required: [city]
    """,
  ]) func everyFormBecomesOpenAIs(text: String) throws {
    let made = try imported(text.replacing("§", with: schema.serialized(.compact)))
    #expect(
      made.file["tools"] == [
        ["type": "function", "function": ["name": "weather", "description": "d", "parameters": schema]]
      ])
    #expect(made.leftOut.isEmpty)
  }

  @Test func defaultsFitTheirTypes() throws {
    let made = try imported(
      #"{"name":"f","parameters":{"a":{"type":"int","default":"10"},"b":{"type":"int","default":""},"c":{"type":"bool","default":"True","description":"x"},"d":{"type":"str","default":""}}}"#
    )
    #expect(
      made.parameters("f") == [
        "type": "object",
        "properties": [
          "a": ["type": "integer", "default": 10], "b": ["type": "integer"],
          "c": ["type": "boolean", "description": "x", "default": true], "d": ["type": "string", "default": ""],
        ],
      ])
  }

  @Test func parametersThatAreNamedLikeKeywordsAreParameters() throws {
    let made = try imported(#"{"name":"f","parameters":{"type":{"type":"str"},"properties":{"type":"str"}}}"#)
    #expect(made.parameters("f")?["required"] == ["type", "properties"])
  }

  @Test func whatSaysHowItIsExecutedKeepsThat() throws {
    let made = try imported(
      """
      {"hosts": ["127.0.0.1:80"], "setup": [{"name": "now"}], "tools": [
        {"name": "now", "execute": {"kind": "command", "argv": ["date"]}, "read_only": true, "examples": [{}]}]}
      """)
    let tool = try #require(made.tool("now"))
    #expect(tool["execute"] == ["kind": "command", "argv": ["date"]] && tool["read_only"] == true)
    #expect(made.file["hosts"] == ["127.0.0.1:80"] && made.file["setup"] == [["name": "now"]])
    #expect(made.notes.contains { $0.contains("how they are executed") })
  }

  @Test func whatCannotBeUsedIsCounted() throws {
    let made = try imported(
      #"[{"name":"good"},{"name":"good","description":"other"},{"description":"no name"},{"name":"bad","parameters":{"type":"object","properties":{"a":{"type":"nothing"}}}},{"name":"a b!"},{"name":"text","parameters":"no"}]"#
    )
    #expect(made.names == ["good", "a_b"])
    #expect(made.leftOut.map(\.what) == ["good", "/2", "bad", "text"])
    #expect(made.notes.contains { $0.contains("not legal") })
  }

  @Test(arguments: [
    "", "  \n", "[]", "{}", "3", "\"x\"", "[[[[[[[{\"name\":\"f\"}]]]]]]]", "%PDF-1.4", "{\"tools\": 3}",
  ])
  func whatHoldsNoDefinitionIsRefusedInWords(text: String) {
    let error = #expect(throws: ToolImportError.self) { try imported(text) }
    #expect(error?.reason.hasPrefix("functions.json") == true)
  }
}
