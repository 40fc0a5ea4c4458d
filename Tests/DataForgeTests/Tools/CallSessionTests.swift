import OrderedJSON
import Testing

@testable import DataForge

/// What the calls of one sample share, and what samples must not.
@Suite struct CallSessionTests {
  /// A counter that all samples see, as those of a server do.
  private actor Counter: ToolExecutor {
    private(set) var value = 7
    private(set) var made: [String] = []
    private var underWay = 0
    private(set) var mostAtOnce = 0

    nonisolated func open() -> any ToolSession { CounterSession(counter: self) }

    func make(_ call: ToolCall) async -> Observation {
      underWay += 1
      mostAtOnce = max(mostAtOnce, underWay)
      defer { underWay -= 1 }
      for _ in 0..<20 { await Task.yield() }
      made.append(call.name)
      switch call.name {
      case "add": value += 1
      case "clear": value = 0
      case "broken": return Observation(status: .failed, message: "no power\nnone")
      case "hush", "stare": return Observation(status: .ok, output: " \n")
      default: break
      }
      return Observation(status: .ok, output: .integer(value))
    }
  }

  private struct CounterSession: ToolSession {
    let counter: Counter
    func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation { await counter.make(call) }
    func close() {}
  }

  private func executors(_ counter: Counter, setup: [JSONValue] = [], reset: [JSONValue] = []) throws -> ToolExecutors {
    func tool(_ name: String, readOnly: Bool) -> JSONValue {
      ["name": .string(name), "read_only": .bool(readOnly), "execute": ["kind": "command", "argv": ["true"]]]
    }
    let tools: [JSONValue] = [
      tool("add", readOnly: false), tool("clear", readOnly: false), tool("broken", readOnly: false),
      tool("look", readOnly: true), tool("hush", readOnly: false), tool("stare", readOnly: true),
    ]
    let file: JSONValue = ["tools": .array(tools), "setup": .array(setup), "reset": .array(reset)]
    return ToolExecutors(try ToolRegistry(file), [.command: counter])
  }

  private static let clear: JSONValue = ["name": "clear", "arguments": [:]]

  private func call(_ name: String) -> ToolCall { ToolCall(name: name, arguments: [:]) }

  @Test(arguments: [true, false])
  func samplesThatAreSetUpOrResetDoNotMeet(isSetUp: Bool) async throws {
    let counter = Counter()
    let executors = try executors(counter, setup: isSetUp ? [Self.clear] : [], reset: isSetUp ? [] : [Self.clear])
    if !isSetUp { _ = await counter.make(call("clear")) }
    let seen = try await withThrowingTaskGroup(of: JSONValue?.self) { group in
      for _ in 0..<12 {
        group.addTask {
          let session = executors.session()
          _ = try await session.execute(ToolCall(name: "add", arguments: [:]))
          let observation = try await session.execute(ToolCall(name: "look", arguments: [:]))
          await session.close()
          return observation?.output
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(seen == [JSONValue?](repeating: 1, count: 12))
  }

  @Test func whatOnlyReadsMustSaySomethingAndWhatWritesNeedNot() async throws {
    let session = try executors(Counter()).session()
    #expect(try await session.execute(call("stare"))?.status == .emptyAnswer)
    #expect(try await session.execute(call("hush"))?.status == .ok)
    await session.close()
  }

  @Test func samplesWithoutACommonStateRunAtTheSameTime() async throws {
    let counter = Counter()
    let executors = try executors(counter)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask {
          let session = executors.session()
          _ = try await session.execute(ToolCall(name: "add", arguments: [:]))
          await session.close()
        }
      }
      try await group.waitForAll()
    }
    #expect(await counter.mostAtOnce > 1)
  }

  @Test func aSampleThatCallsNothingKeepsNobodyWaiting() async throws {
    let executors = try executors(Counter(), reset: [Self.clear])
    let idle = executors.session()
    let session = executors.session()
    #expect(try await session.execute(call("look")) != nil)
    #expect(await session.close() == nil)
    #expect(await idle.close() == nil)
  }

  @Test func callsOfOneTurnThatMayWriteKeepTheirOrder() async throws {
    let counter = Counter()
    let session = try executors(counter).session()
    let seen = try await session.execute(turn: ["look", "look", "add", "look", "add", "clear", "nobody"].map(call))
    #expect(seen.map { $0?.output } == [7, 7, 8, 8, 9, 0, nil])
    #expect(await counter.made == ["look", "look", "add", "look", "add", "clear"])
    #expect(await counter.mostAtOnce == 2)
  }

  @Test func whatTheHooksMeetIsTold() async throws {
    let hook: JSONValue = ["name": "broken", "arguments": [:]]
    let unset = try executors(Counter(), setup: [hook]).session()
    let observation = try await unset.execute(call("look"))
    #expect(observation?.status == .notExecutable)
    #expect(observation?.message == "the tools file's setup failed: broken ended as failed: no power")
    #expect(await unset.close() == nil)
    let session = try executors(Counter(), reset: [hook]).session()
    _ = try await session.execute(call("look"))
    #expect(await session.close() == "broken ended as failed: no power")
  }
}
