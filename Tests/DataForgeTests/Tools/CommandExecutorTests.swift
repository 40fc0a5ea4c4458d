import Foundation
import OrderedJSON
import Testing

@testable import DataForge

@Suite(.enabled(if: SandboxPresence.isThere, "there is no bubblewrap here: nothing is executed"))
struct CommandExecutorTests {
  private func observe(_ execute: JSONValue, _ arguments: JSONValue = ["text": "hi"]) async throws -> Observation {
    let registry = try ToolRegistry([
      [
        "name": "tool",
        "parameters": ["type": "object", "properties": ["text": ["type": "string"]], "required": ["text"]],
        "execute": execute,
      ]
    ])
    return try await CommandExecutor(toolsFolder: "/").execute(
      ToolCall(name: "tool", arguments: arguments), of: registry.tools[0])
  }

  @Test func textIsTakenAsItIs() async throws {
    let observation = try await observe(
      ["kind": "command", "argv": ["echo", "--", "{text}"]], ["text": "$(id) ; `ls` *"])
    #expect(observation.status == .ok)
    #expect(observation.output == "-- $(id) ; `ls` *\n")
    #expect(observation.exitCode == 0)
    #expect(observation.duration != nil)
    #expect(observation.json["duration"] == nil)
  }

  @Test func jsonIsRead() async throws {
    let observation = try await observe(["kind": "command", "argv": ["cat"], "stdin": "json", "output": "json"])
    #expect(observation.output == ["text": "hi"])
    let other = try await observe(["kind": "command", "argv": ["echo", "{text}"], "output": "json"])
    #expect(other.status == .notJSON)
    #expect(other.output == "hi\n")
  }

  @Test func aFailureIsObserved() async throws {
    let observation = try await observe(["kind": "command", "argv": ["sh", "-c", "echo no >&2; exit 3"]])
    #expect(observation.status == .failed)
    #expect(observation.exitCode == 3)
    #expect(observation.message == "no\n")
  }

  @Test(arguments: [
    (#"printf '\173"error": "no such station"\175'"#, "json"), ("echo 'Error: no such station'", "text"),
  ])
  func anErrorThatIsCalledSuccessIsOne(script: String, output: String) async throws {
    let observation = try await observe(
      ["kind": "command", "argv": ["sh", "-c", .string(script)], "output": .string(output)])
    #expect(observation.status == .errorAnswer)
    #expect(observation.message.contains("no such station"))
  }

  @Test func aCommandThatSaysNothingHasDoneNothing() async throws {
    #expect(try await observe(["kind": "command", "argv": ["true"]]).status == .emptyAnswer)
    let empty: JSONValue = ["kind": "command", "argv": ["echo", "[]"], "output": "json"]
    #expect(try await observe(empty).status == .emptyAnswer)
    #expect(try await observe(["kind": "command", "argv": ["true"], "network": true]).status == .ok)
  }

  @Test func aMissingProgramIsSaidToBeMissing() async throws {
    let observation = try await observe(["kind": "command", "argv": ["no-such-program-here"]])
    #expect(observation.status == .notExecutable)
  }

  @Test func limitsAreSaid() async throws {
    let slow = try await observe(["kind": "command", "argv": ["sleep", "60"], "limits": ["seconds": 0.5]])
    #expect(slow.status == .timedOut)
    #expect(slow.message == "stopped after 0.5 s")
    let loud = try await observe(["kind": "command", "argv": ["yes"], "limits": ["output_kib": 1]])
    #expect(loud.status == .outputLimit)
    #expect(loud.output.stringValue?.utf8.count == 1024)
  }

  @Test func aMissingFolderStopsTheRun() async throws {
    await #expect(throws: ToolFileError.self) {
      try await observe(["kind": "command", "argv": ["true"], "directory": "no/such/folder"])
    }
  }

  @Test func theSamplesOfTheRepositoryAreAsLabelled() async throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("samples/tools")
    let registry = try ToolRegistry(
      JSONValue(parsing: Array(Data(contentsOf: folder.appendingPathComponent("tools.json")))))
    let validator = try await ToolCallValidator(
      registry: registry, executors: ToolExecutors(registry, [.command: CommandExecutor(toolsFolder: folder.path)]))
    let rows = try Data(contentsOf: folder.appendingPathComponent("calls.jsonl"))
      .split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
    #expect(!rows.isEmpty)
    for (index, row) in rows.enumerated() {
      let id = row["id"]?.stringValue ?? ""
      let verdict = try await validator.verdict(on: row, number: index + 1)
      let failed = verdict.checks.first { !$0.pass }?.name.rawValue
      if id.hasPrefix("good-") {
        #expect(failed == nil, "\(id): \(verdict.json.serialized(.compact))")
      } else {
        #expect(failed.map { id.hasPrefix("bad-\($0)-") } == true, "\(id): \(verdict.json.serialized(.compact))")
      }
    }
  }
}
