import OrderedJSON
import Testing

@testable import DataForge

/// The shapes of rows in public datasets: what each holds is found, checked, and compared.
@Suite struct RowShapeTests {
  /// A dataset's way to write the same: one call with these arguments as JSON, its result, and an answer.
  struct Shape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Where the result stands; `nil` where the shape has none.
    var resultPath: String?
    let row: @Sendable (_ arguments: String, _ result: String) throws -> JSONValue
  }

  private static let parameters =
    #"{"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}"#
  private static let definition = #"{"name": "get", "description": "d", "parameters": \#(parameters)}"#
  private static let byName =
    #"[{"name": "get", "description": "d", "parameters": {"city": {"type": "str", "description": "c"}}}]"#

  private static func text(_ text: String) -> String { JSONValue.string(text).serialized(.compact) }

  static let shapes: [Shape] = [
    Shape(testDescription: "xLAM") { arguments, _ in
      let answers = #"[{"name": "get", "arguments": \#(arguments)}]"#
      return ["id": 0, "query": "q", "tools": .string(byName), "answers": .string(answers)]
    },
    Shape(testDescription: "TRL", resultPath: "/completion/1/content") { arguments, result in
      [
        "prompt": [["role": "user", "content": "q"]],
        "completion": [
          [
            "role": "assistant", "tool_calls": [["function": ["name": "get", "arguments": .string(arguments)]]],
          ], ["role": "tool", "content": .string(result)], ["role": "assistant", "content": "a"],
        ], "tools": try [JSONValue(parsing: definition)],
      ]
    },
    Shape(testDescription: "APIGen-MT", resultPath: "/conversations/2/value") { arguments, result in
      [
        "system": "Be kind.", "tools": .string("[\(definition)]"),
        "conversations": [
          ["from": "human", "value": "q"],
          ["from": "function_call", "value": .string(#"{"name": "get", "arguments": \#(arguments)}"#)],
          ["from": "observation", "value": .string(result)], ["from": "gpt", "value": "a"],
        ],
      ]
    },
    Shape(testDescription: "Hermes", resultPath: "/conversations/3/value") { arguments, result in
      [
        "conversations": [
          ["from": "system", "value": .string("Call {\"name\": …} of <tools>\n\(definition)\n</tools>")],
          ["from": "human", "value": "q"],
          [
            "from": "gpt",
            "value": .string("<tool_call>\n{\"name\": \"get\", \"arguments\": \(arguments)}\n</tool_call>"),
          ],
          [
            "from": "tool",
            "value": .string("<tool_response>\n{\"name\": \"get\", \"content\": \(result)}\n</tool_response>\n"),
          ], ["from": "gpt", "value": "a"],
        ]
      ]
    },
    Shape(testDescription: "ToolACE", resultPath: "/conversations/2/value") { arguments, result in
      let members = try JSONValue(parsing: arguments).objectValue ?? [:]
      let call = members.map { "\($0.key)=\($0.value.serialized(.compact))" }.joined(separator: ", ")
      return [
        "system": .string("Here is a list of functions in JSON format:\n[\(definition)]. \nReturn [f(a=b)]"),
        "conversations": [
          ["from": "user", "value": "q"], ["from": "assistant", "value": .string("[get(\(call))]")],
          ["from": "tool", "value": .string("[{\"name\": \"get\", \"results\": \(result)}]")],
          ["from": "assistant", "value": "a"],
        ],
      ]
    },
    Shape(testDescription: "ToolBench", resultPath: "/conversations/3/value") { arguments, result in
      let python = definition.replacing("\"", with: "'")
      return [
        "conversations": [
          ["from": "system", "value": .string("You can use the APIs: [\(python)]")], ["from": "user", "value": "q"],
          ["from": "assistant", "value": .string("\nThought: t\nAction: get\nAction Input: \(arguments)")],
          ["from": "function", "value": .string("{\"error\": \"\", \"response\": \(text(result))}")],
          ["from": "assistant", "value": "a"],
        ]
      ]
    },
    Shape(testDescription: "Glaive", resultPath: "/chat") { arguments, result in
      let call = "<functioncall> {\"name\": \"get\", \"arguments\": '\(arguments)'} <|endoftext|>"
      return [
        "system": .string("SYSTEM: You have these functions -\n\(definition)\n"),
        "chat": .string(
          "USER: q\n\n\nASSISTANT: \(call)\n\n\nFUNCTION RESPONSE: \(result)\n\n\nASSISTANT: a <|endoftext|>"),
      ]
    },
    Shape(testDescription: "Anthropic", resultPath: "/messages/2/content/0/content") { arguments, result in
      [
        "messages": [
          ["role": "user", "content": "q"],
          [
            "role": "assistant",
            "content": [
              ["type": "text", "text": "t"],
              ["type": "tool_use", "id": "u1", "name": "get", "input": try JSONValue(parsing: arguments)],
            ],
          ],
          ["role": "user", "content": [["type": "tool_result", "tool_use_id": "u1", "content": .string(result)]]],
          ["role": "assistant", "content": "a"],
        ], "tools": [["name": "get", "input_schema": try JSONValue(parsing: parameters)]],
      ]
    },
    Shape(testDescription: "Gemini", resultPath: "/contents/2/parts/0/functionResponse/response") { arguments, result in
      let parameters = parameters.replacing("\"object\"", with: "\"OBJECT\"").replacing(
        "\"string\"", with: "\"STRING\"")
      return [
        "systemInstruction": ["role": "system", "parts": [["text": "Be kind."]]],
        "contents": [
          ["role": "user", "parts": [["text": "q"]]],
          [
            "role": "model",
            "parts": [["functionCall": ["name": "get", "args": try JSONValue(parsing: arguments)]]],
          ],
          [
            "role": "function",
            "parts": [["functionResponse": ["name": "get", "response": try JSONValue(parsing: result)]]],
          ], ["role": "model", "parts": [["text": "a"]]],
        ],
        "tools": [
          [
            "functionDeclarations": [
              ["name": "get", "description": "d", "parameters": try JSONValue(parsing: parameters)]
            ]
          ]
        ],
      ]
    },
    Shape(testDescription: "Gemini in snake case", resultPath: "/contents/2/parts/1/function_response/response") {
      arguments, result in
      [
        "system_instruction": "Be kind.",
        "contents": [
          ["parts": [["text": "q"]]],
          [
            "role": "model",
            "parts": [
              ["text": "I look."],
              ["function_call": ["id": "1", "name": "get", "args": try JSONValue(parsing: arguments)], "text": .null],
            ],
          ],
          [
            "role": "user",
            "parts": [
              ["text": "Here:"],
              [
                "function_response": ["id": "1", "name": "get", "response": ["result": try JSONValue(parsing: result)]]
              ],
            ],
          ], ["role": "model", "parts": [["text": "a"]]],
        ], "tools": [["google_search": [:]], ["function_declarations": [try JSONValue(parsing: definition)]]],
      ]
    },
    Shape(testDescription: "Responses", resultPath: "/output/2/output") { arguments, result in
      [
        "instructions": "Be kind.", "input": [["role": "user", "content": [["type": "input_text", "text": "q"]]]],
        "output": [
          ["type": "reasoning", "id": "r1", "summary": []],
          ["type": "function_call", "id": "f1", "call_id": "c1", "name": "get", "arguments": .string(arguments)],
          ["type": "function_call_output", "call_id": "c1", "output": .string(result)],
          [
            "type": "message", "role": "assistant",
            "content": [["type": "output_text", "text": "a", "annotations": []]],
          ],
        ],
        "tools": [
          ["type": "web_search"],
          ["type": "function", "name": "get", "parameters": try JSONValue(parsing: parameters), "strict": true],
        ],
      ]
    },
    Shape(testDescription: "Responses, asked by a text") { arguments, _ in
      [
        "input": "q",
        "output": [["type": "function_call", "call_id": "c1", "name": "get", "arguments": .string(arguments)]],
        "tools": [["type": "function", "name": "get", "parameters": try JSONValue(parsing: parameters)]],
      ]
    },
    Shape(testDescription: "Llama", resultPath: "/messages/2/content") { arguments, result in
      [
        "messages": [
          ["role": "user", "content": "q"],
          ["role": "assistant", "content": .string("{\"name\": \"get\", \"parameters\": \(arguments)}<|eot_id|>")],
          ["role": "ipython", "content": .string(result)], ["role": "assistant", "content": "a"],
        ], "tools": [try JSONValue(parsing: definition)],
      ]
    },
    Shape(testDescription: "Berkeley") { arguments, _ in
      [
        "messages": [["role": "user", "content": "q"]], "function": [try JSONValue(parsing: definition)],
        "calls": [["name": "get", "arguments": try JSONValue(parsing: arguments)]],
      ]
    },
    Shape(testDescription: "Alpaca") { arguments, _ in
      [
        "instruction": "q", "input": "i", "tools": .string("[\(definition)]"),
        "output": .string("<tool_call>\n{\"name\": \"get\", \"arguments\": \(arguments)}\n</tool_call>"),
      ]
    },
  ]

  private static let answer: JSONValue = ["city": "Oslo", "sky": "rain"]

  private func verdict(_ row: JSONValue, checks: [ToolCheckName]? = nil) async throws -> RowVerdict {
    let registry = try ToolRegistry([["name": "get", "execute": ["kind": "command", "argv": ["true"]]]])
    let tools = ScriptedTools { _ in Observation(status: .ok, output: Self.answer) }
    let validator = try ToolCallValidator(
      registry: registry, checks: checks, executors: ToolExecutors(registry, [.command: tools]))
    return try await validator.verdict(on: row, number: 1)
  }

  @Test(arguments: shapes) func aGoodRowPasses(shape: Shape) async throws {
    let row = try shape.row(#"{"city": "Oslo"}"#, #"{"sky": "rain", "city": "Oslo"}"#)
    let verdict = try await verdict(row)
    #expect(verdict.passed, "\(verdict.checks)")
    #expect(verdict.observations.count == 1)
  }

  @Test(arguments: shapes) func argumentsAreCheckedAgainstTheRowsOwnTools(shape: Shape) async throws {
    for (arguments, path, kind) in [
      (#"{"city": 7}"#, "/arguments/city", FailureKind.type), (#"{}"#, "/arguments/city", .missingArgument),
      (#"{"city": "Oslo", "town": "x"}"#, "/arguments/town", .unknownArgument),
    ] {
      let failure = try await verdict(shape.row(arguments, "{}"), checks: [.schema]).checks.first { !$0.pass }
      #expect(failure?.path == path, "\(arguments)")
      #expect(failure?.kind == kind)
    }
  }

  @Test(arguments: shapes.filter { $0.resultPath != nil })
  func recordedResultsAreComparedWhereTheyStand(shape: Shape) async throws {
    let row = try shape.row(#"{"city": "Oslo"}"#, #"{"sky": "sun", "city": "Oslo"}"#)
    let failure = try await verdict(row).checks.first { !$0.pass }
    #expect(failure?.kind == .otherResult)
    #expect(failure?.path == shape.resultPath)
  }

  @Test(
    arguments: shapes.filter {
      !["Anthropic", "Berkeley", "ToolACE", "Gemini", "Gemini in snake case"].contains($0.testDescription)
    })
  func argumentsThatAreNoJSONAreNamed(shape: Shape) async throws {
    let failure = try await verdict(shape.row(#"{"city": "Oslo",}"#, "{}")).checks.first { !$0.pass }
    #expect(failure?.name == .format)
    #expect([.arguments, .brokenText].contains(failure?.kind))
  }

  @Test func namesThatOnlyTheRowsOwnToolsHaveAreTheirs() async throws {
    let tools: JSONValue = [["name": "Weather API", "parameters": ["city": ["type": "string"]]]]
    func row(_ name: String) -> JSONValue {
      ["query": "q", "tools": tools, "answers": [["name": .string(name), "arguments": ["city": "Oslo"]]]]
    }
    #expect(try await verdict(row("Weather API"), checks: [.format, .schema]).passed)
    let failure = try await verdict(row("Weather Api"), checks: [.format, .schema]).checks.first { !$0.pass }
    #expect(failure?.name == .format && failure?.kind == .name)
  }

  @Test(arguments: [
    "Your name is Tor.", "Answer as {\"name\": \"…\", \"arguments\": {}}.", "Such as [{\"name\": \"x\"}].",
    "The key 'name' " + String(repeating: "[{", count: 50_000), "\"name\" " + String(repeating: "{'a':", count: 20_000),
  ]) func aPromptWithoutDefinitionsBringsNoTools(prompt: String) async throws {
    let row: JSONValue = [
      "messages": [["role": "system", "content": .string(prompt)], ["role": "user", "content": "q"]],
      "calls": [["name": "get", "arguments": [:]]],
    ]
    #expect(try await verdict(row).passed)
  }

  @Test(arguments: ["no tools", "[", .string(""), 3] as [JSONValue])
  func toolsThatAreNoneAreNamed(tools: JSONValue) async throws {
    let row: JSONValue = ["query": "q", "tools": tools, "answers": [["name": "get", "arguments": [:]]]]
    let failure = try await verdict(row, checks: [.schema]).checks.first { !$0.pass }
    #expect(failure?.kind == .tools && failure?.path == "/tools")
  }

  @Test func resultsOfParallelCallsMayStandInOneTurn() async throws {
    func row(_ contents: [JSONValue]) -> JSONValue {
      let calls = #"[{"name": "get", "arguments": {"city": "Oslo"}}, {"name": "get", "arguments": {"city": "Bergen"}}]"#
      return [
        "conversations": .array(
          [["from": "human", "value": "q"], ["from": "function_call", "value": .string(calls)]]
            + contents.map { ["from": "observation", "value": $0] } + [["from": "gpt", "value": "a"]])
      ]
    }
    let one = Self.answer.serialized(.compact)
    #expect(try await verdict(row([.string("[\(one), \(one)]")]), checks: [.format, .execution]).passed)
    #expect(try await verdict(row([.string(one), .string(one)]), checks: [.format, .execution]).passed)
    let wrong = try await verdict(row([.string("[\(one), 3]")]), checks: [.format, .execution]).checks
    #expect(wrong.first { !$0.pass }?.kind == .otherResult)
    for contents in [[.string(one)], [.string("[\(one)]")], [.string("[1, 2, 3]")]] as [[JSONValue]] {
      let checks = try await verdict(row(contents), checks: [.format]).checks
      #expect(checks.contains { $0.kind == .unanswered }, "\(contents)")
    }
  }

  @Test func aRowOfNoCallsInTheFlatFormIsNoMalformedOne() async throws {
    let none: JSONValue = ["query": "q", "tools": "[]", "answers": "[]"]
    #expect(try await verdict(none, checks: [.format]).checks.map(\.kind) == [.noCall])
    let labelled: JSONValue = ["query": "q", "tools": "[]", "answers": "[]", "irrelevance": true]
    #expect(try await verdict(labelled, checks: [.format]).passed)
    let prose: JSONValue = ["query": "q", "answers": "[{\"name\": \"get\", \"arguments\": {}"]
    #expect(try await verdict(prose, checks: [.format]).checks.map(\.kind) == [.brokenText])
  }

  @Test(arguments: shapes) func whatIsRecordedPassesAgain(shape: Shape) async throws {
    let registry = try ToolRegistry([["name": "get", "execute": ["kind": "command", "argv": ["true"]]]])
    let tools = ScriptedTools { _ in Observation(status: .ok, output: Self.answer) }
    let validator = try ToolCallValidator(registry: registry, executors: ToolExecutors(registry, [.command: tools]))
    let row = try shape.row(#"{"city": "Oslo"}"#, #"{"sky": "rain", "city": "Oslo"}"#)
    let bare = Self.withoutResults(row)
    let recorded = try await validator.judged(bare, number: 1).recorded
    let again = try await validator.judged(recorded, number: 1)
    #expect(again.verdict.passed, "\(recorded): \(again.verdict.checks)")
    #expect(again.recorded == recorded)
    let read = ToolRow(recorded)
    #expect(FormatCheck.recordedResults(in: read).count == 1, "\(recorded)")
  }

  /// The row up to its call.
  private static func withoutResults(_ row: JSONValue) -> JSONValue {
    guard var object = row.objectValue else { return row }
    for key in ["messages", "conversations", "completion", "contents", "output"] {
      guard let list = object[key]?.arrayValue else { continue }
      let end = list.firstIndex { turn in
        ["tool", "ipython", "observation", "function"].contains((turn["role"] ?? turn["from"])?.stringValue)
          || turn["content"]?[0]?["type"] == "tool_result" || turn["type"] == "function_call_output"
          || turn["parts"]?.arrayValue?.contains { $0["function_response"] != nil } == true
      }
      object[key] = .array(Array(list[..<(end ?? list.endIndex)]))
    }
    if let chat = object["chat"]?.stringValue, let end = chat.firstRange(of: "FUNCTION RESPONSE") {
      object["chat"] = .string(String(chat[..<end.lowerBound]))
    }
    return .object(object)
  }
}
