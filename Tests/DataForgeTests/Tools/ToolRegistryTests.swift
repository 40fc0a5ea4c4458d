import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ToolRegistryTests {
  private func tool(_ execute: JSONValue) -> JSONValue {
    [
      [
        "type": "function",
        "function": [
          "name": "weather",
          "parameters": [
            "type": "object",
            "properties": [
              "city": ["type": "string"], "days": ["type": "integer"], "unit": ["type": "string", "default": "C"],
            ],
            "required": ["city"],
          ],
        ],
        "execute": execute,
      ]
    ]
  }

  private func command(_ execute: JSONValue) throws -> CommandTool {
    guard case .command(let command)? = try ToolRegistry(tool(execute)).tools[0].execution else {
      throw ToolFileError(path: "", reason: "no command")
    }
    return command
  }

  @Test func valuesStandWithinTheirWord() throws {
    let command = try command(["kind": "command", "argv": ["w", "--city={city}", "{unit}", "{{x}}"]])
    #expect(
      try command.commandLine(for: ["city": "a b; rm -rf $HOME"]) == ["w", "--city=a b; rm -rf $HOME", "C", "{x}"])
    #expect(try command.commandLine(for: ["city": "{unit}", "unit": "F"]) == ["w", "--city={unit}", "F", "{x}"])
  }

  @Test func aGroupIsLeftOutWhereItsArgumentIsMissing() throws {
    let command = try command(["kind": "command", "argv": ["w", ["--days", "{days}"], "{city}"]])
    #expect(try command.commandLine(for: ["city": "A"]) == ["w", "A"])
    #expect(try command.commandLine(for: ["city": "A", "days": 3]) == ["w", "--days", "3", "A"])
    #expect(try command.commandLine(for: ["city": "A", "days": nil]) == ["w", "A"])
  }

  @Test func whatNoCommandLineCanHoldIsRefused() throws {
    let command = try command(["kind": "command", "argv": ["w", "{city}"]])
    #expect(throws: UnusableArgument.self) { try command.commandLine(for: ["city": "a\0b"]) }
    #expect(throws: UnusableArgument.self) {
      try command.commandLine(for: ["city": .string(String(repeating: "x", count: 100_000))])
    }
  }

  @Test(arguments: [
    (#"{"kind": "comand", "argv": ["w"]}"#, "/0/execute/kind", "did you mean \"command\"?"),
    (#"{"kind": "command"}"#, "/0/execute/argv", "array"),
    (#"{"kind": "command", "argv": []}"#, "/0/execute/argv", "array"),
    (#"{"kind": "command", "argv": ["{city}"]}"#, "/0/execute/argv/0", "program"),
    (#"{"kind": "command", "argv": ["w", "{ctiy}"]}"#, "/0/execute/argv/1", "did you mean \"city\"?"),
    (#"{"kind": "command", "argv": ["w", "{days}"]}"#, "/0/execute/argv/1", "may be missing"),
    (#"{"kind": "command", "argv": ["w", ["--x", "{dyas}"]]}"#, "/0/execute/argv/1/1", "did you mean \"days\"?"),
    (#"{"kind": "command", "argv": ["w", "{city"]}"#, "/0/execute/argv/1", "{{"),
    (#"{"kind": "command", "argv": ["w", "city}"]}"#, "/0/execute/argv/1", "}}"),
    (#"{"kind": "command", "argv": ["w", 3]}"#, "/0/execute/argv/1", "string"),
    (#"{"kind": "command", "argv": ["w"], "stdin": "jsn"}"#, "/0/execute/stdin", "\"none\" or \"json\""),
    (#"{"kind": "command", "argv": ["w"], "output": 3}"#, "/0/execute/output", "\"text\" or \"json\""),
    (#"{"kind": "command", "argv": ["w"], "network": "yes"}"#, "/0/execute/network", "true or false"),
    (#"{"kind": "command", "argv": ["w"], "netwrok": true}"#, "/0/execute/netwrok", "did you mean \"network\"?"),
    (#"{"kind": "command", "argv": ["w"], "limits": {"second": 3}}"#, "/0/execute/limits/second", "did you mean"),
    (#"{"kind": "command", "argv": ["w"], "limits": {"seconds": 0}}"#, "/0/execute/limits/seconds", "positive"),
    (#"{"kind": "command", "argv": ["w"], "limits": {"processes": 1.5}}"#, "/0/execute/limits/processes", "whole"),
    (#"{"kind": "command", "argv": ["w"], "directory": ""}"#, "/0/execute/directory", "path"),
  ])
  func mistakesAreNamedByTheirPlace(execute: String, path: String, reason: String) {
    do {
      _ = try ToolRegistry(tool(JSONValue(parsing: execute)))
      Issue.record("accepted")
    } catch {
      let error = error as? ToolFileError
      #expect(error?.path == path)
      #expect(error?.reason.contains(reason) == true, "\(execute)")
    }
  }

  @Test(arguments: [
    (#""x""#, ""), ("[3]", "/0"), (#"[{"name": "a b"}]"#, "/0/name"), (#"[{"function": {}}]"#, "/0/function/name"),
    (#"[{"name": "a", "parameters": 3}]"#, "/0/parameters"),
    (#"[{"name": "a"}, {"name": "a", "description": "another"}]"#, "/1"),
    (#"[{"name": "a", "parameters": {"properties": 3}}]"#, "/0/function/parameters"),
  ])
  func brokenDefinitionsAreNamedByTheirPlace(json: String, path: String) {
    do {
      _ = try ToolRegistry(JSONValue(parsing: json))
      Issue.record("accepted")
    } catch {
      #expect((error as? ToolFileError)?.path == path)
    }
  }

  @Test func limitsAreReadOverTheDefaults() throws {
    let command = try command([
      "kind": "command", "argv": ["w"], "limits": ["seconds": 2.5, "memory_mib": 100], "network": true,
      "output": "json",
    ])
    #expect(command.limits == SandboxLimits(seconds: 2.5, memory: 100))
    #expect(command.network)
    #expect(command.output == .json)
  }
}
