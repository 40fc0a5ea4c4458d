import DataForge
import OrderedJSON

/// Rows and tools that the tests of the checks share.
enum ToolRows {
  static let tools: JSONValue = [
    [
      "type": "function",
      "function": [
        "name": "weather",
        "parameters": [
          "type": "object",
          "properties": [
            "city": ["type": "string", "minLength": 2], "days": ["type": "integer", "minimum": 1, "maximum": 10],
            "unit": ["enum": ["C", "F"]], "date": ["type": "string", "format": "date"],
            "detailed": ["type": "boolean"], "share": ["type": "number"],
            "place": ["type": "object", "properties": ["lat": ["type": "number"]], "required": ["lat"]],
            "hours": ["type": "array", "items": ["type": "integer"]],
            "any": ["anyOf": [["type": "integer"], ["type": "boolean"]]], "free": ["type": ["string", "integer"]],
          ],
          "required": ["city"],
        ],
      ],
    ]
  ]

  static let user: JSONValue = ["role": "user", "content": "What is the weather in Oslo?"]

  static func call(_ arguments: JSONValue, name: String = "weather", id: String? = nil) -> JSONValue {
    var call: JSONObject = ["type": "function", "function": ["name": .string(name), "arguments": arguments]]
    if let id { call["id"] = .string(id) }
    return .object(call)
  }

  static func assistant(_ calls: JSONValue...) -> JSONValue {
    ["role": "assistant", "content": "", "tool_calls": .array(calls)]
  }

  static func says(_ text: String) -> JSONValue { ["role": "assistant", "content": .string(text)] }

  static func result(_ text: String, id: String? = nil) -> JSONValue {
    var message: JSONObject = ["role": "tool", "content": .string(text)]
    if let id { message["tool_call_id"] = .string(id) }
    return .object(message)
  }

  static func row(_ messages: JSONValue..., extra: [(String, JSONValue)] = []) -> JSONValue {
    .object(JSONObject([("id", "r1"), ("messages", .array(messages))] + extra))
  }

  /// A row with one call.
  static func row(calling arguments: JSONValue) -> JSONValue { row(user, assistant(call(arguments))) }
}

/// Tools that answer what they are told to, without anything being run.
struct ScriptedTools: ToolExecutor, ToolSession {
  let answer: @Sendable (ToolCall) -> Observation

  init(_ answer: @escaping @Sendable (ToolCall) -> Observation) { self.answer = answer }

  func open() -> any ToolSession { self }
  func close() {}
  func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation { answer(call) }

  /// `ToolRows.tools`, executable.
  static var registry: ToolRegistry {
    get throws {
      let tools = ToolRows.tools.arrayValue ?? []
      return try ToolRegistry(
        .array(
          tools.map { tool in
            var tool = tool.objectValue ?? [:]
            tool["execute"] = ["kind": "command", "argv": ["true"]]
            return .object(tool)
          }))
    }
  }

  /// A validator that asks these tools.
  func validator(
    checks: [ToolCheckName]? = nil, comparison: ResultComparison = ResultComparison(), meaning: MeaningCheck? = nil
  ) throws -> ToolCallValidator {
    let registry = try Self.registry
    return try ToolCallValidator(
      registry: registry, checks: checks, executors: ToolExecutors(registry, [.command: self]),
      comparison: comparison, meaning: meaning)
  }
}
