import OrderedJSON
import Synchronization

@testable import DataForge

/// Tools without a program or a server: a closure answers each call, and the calls are remembered.
final class ProbedTools: ToolExecutor {
  typealias Script = @Sendable (ToolCall, Int) -> Observation

  private let script: Script
  private let made = Mutex<[ToolCall]>([])

  /// - Parameter script: gets a call and how many were made before.
  init(_ script: @escaping Script) { self.script = script }

  var calls: [ToolCall] { made.withLock { $0 } }

  func open() async throws -> any ToolSession { Session(tools: self) }

  private func answer(_ call: ToolCall) -> Observation {
    let number = made.withLock { made in
      made.append(call)
      return made.count - 1
    }
    return script(call, number)
  }

  private struct Session: ToolSession {
    let tools: ProbedTools
    func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation { tools.answer(call) }
    func close() async {}
  }

  /// Definitions that count as command tools, so that this executor gets their calls.
  static func definition(
    _ name: String, _ description: String, _ properties: JSONObject, required: [String]? = nil, readOnly: Bool = true,
    examples: [JSONValue] = []
  ) -> JSONValue {
    [
      "type": "function",
      "function": [
        "name": .string(name), "description": .string(description),
        "parameters": [
          "type": "object", "properties": .object(properties),
          "required": .array((required ?? properties.keys).map { .string($0) }),
        ],
      ],
      "execute": ["kind": "command", "argv": ["true"]], "read_only": .bool(readOnly), "examples": .array(examples),
    ]
  }

  func executors(_ registry: ToolRegistry) -> ToolExecutors { ToolExecutors(registry, [.command: self]) }
}
