import Foundation
import OrderedJSON
import Testing

@testable import DataForge

@Suite("trying tools")
struct ToolProberTests {
  private static let ok = Observation(status: .ok, output: "fine", duration: .milliseconds(12))

  private func probe(
    _ definition: JSONValue, calls: Int = 3, writes: Bool = false, _ script: @escaping ProbedTools.Script
  ) async throws -> (probe: ToolProbe, calls: [ToolCall]) {
    let registry = try ToolRegistry([definition])
    let tools = ProbedTools(script)
    let prober = ToolProber(
      registry, tools.executors(registry), options: .init(calls: calls, allowsWrites: writes))
    return (try #require(try await prober.run(concurrency: 2).first), tools.calls)
  }

  private static let city = ProbedTools.definition("weather", "Tells the weather.", ["city": ["type": "string"]])

  @Test func `a tool that answers works, and its arguments become known`() async throws {
    let (probe, calls) = try await probe(Self.city) { _, _ in Self.ok }
    #expect(
      probe.json == ["works": true, "calls": 3, "failed": 0, "median_ms": 12, "deterministic": true])
    #expect(calls.count == 3)
    #expect(calls[2].arguments == calls[0].arguments, "the last call repeats")
    #expect(Set(calls.map(\.arguments)) == Set(probe.working))
  }

  @Test func `a tool whose every call fails does not work, and the first reason is told`() async throws {
    let (probe, _) = try await probe(Self.city) { _, number in
      Observation(status: .failed, httpStatus: 404, message: "no such city \(number)")
    }
    #expect(probe.json["works"] == false)
    #expect(probe.json["reason"] == "none of 3 calls got an answer; the first: HTTP status 404: no such city 0")
    #expect(probe.working.isEmpty)
  }

  @Test func `answers that differ and calls that only sometimes work are marked`() async throws {
    let (differing, _) = try await probe(Self.city) { _, number in
      Observation(status: .ok, output: .integer(number))
    }
    #expect(differing.json["deterministic"] == false)
    let (flaky, _) = try await probe(Self.city) { _, number in
      number == 2 ? Observation(status: .timedOut, message: "stopped after 30 s") : Self.ok
    }
    #expect(flaky.standing == .works)
    #expect(flaky.json["flaky"] == true)
    #expect(flaky.json["failed"] == 1)
    #expect(flaky.json["first_failure"] == "timed-out: stopped after 30 s")
  }

  @Test func `what changes something may do so without a word`() async throws {
    for (isReading, works) in [(true, false), (false, true)] {
      let tool = ProbedTools.definition("remove", "Removes a city.", [:], readOnly: isReading)
      let (probe, _) = try await probe(tool, writes: true) { _, _ in
        Observation(status: .ok, output: "", httpStatus: 204)
      }
      #expect(probe.json["works"] == .bool(works))
    }
  }

  @Test func `a clock that tells seconds is found out, too`() async throws {
    let (clock, _) = try await probe(Self.city) { _, _ in
      Observation(status: .ok, output: .string("2024-05-01T06:00:\(time(nil) % 60)Z"))
    }
    #expect(clock.json["deterministic"] == false)
  }

  @Test func `a clock that tells minutes is found out, but an opening time is none`() async throws {
    for (zone, isClock) in [(0, true), (330 * 60, true), (7 * 60, false)] {
      let now = Date.now.addingTimeInterval(Double(zone)).ISO8601Format()
      let (clock, _) = try await probe(Self.city) { _, _ in
        Observation(status: .ok, output: ["local_time": .string(String(now.prefix(16)))])
      }
      #expect(clock.json["deterministic"] == .bool(!isClock), "\(zone)")
    }
    let (yearless, _) = try await probe(Self.city) { _, _ in
      Observation(status: .ok, output: .string("opens at 12:\(Date.now.ISO8601Format().dropFirst(14).prefix(2))"))
    }
    #expect(yearless.json["deterministic"] == true)
  }

  @Test func `an empty or error-shaped answer is no answer`() async throws {
    for status in [Observation.Status.emptyAnswer, .errorAnswer, .notJSON, .refused] {
      let (probe, _) = try await probe(Self.city) { _, _ in Observation(status: status) }
      #expect(probe.json["works"] == false, "\(status)")
    }
  }

  @Test func `what may write is called only on request`() async throws {
    let writing = ProbedTools.definition("drop", "Drops all.", [:], readOnly: false)
    let (untried, none) = try await probe(writing) { _, _ in Self.ok }
    #expect(none.isEmpty)
    #expect(untried.json["untried"] != nil)
    let (tried, calls) = try await probe(writing, writes: true) { _, _ in Self.ok }
    #expect(calls.count == 3)
    #expect(tried.json["works"] == true)
  }

  @Test func `the file keeps what works with its examples, and what does not with the reason`() async throws {
    let file: JSONValue = [
      "hosts": ["api.example.org"],
      "tools": [
        ProbedTools.definition(
          "good", "Good.", ["n": ["type": "integer"]], examples: [["n": 40], ["n": 2]]),
        ProbedTools.definition("bad", "Bad.", ["n": ["type": "integer"]]),
      ],
    ]
    let registry = try ToolRegistry(file)
    let tools = ProbedTools { call, _ in
      call.name == "good" && call.arguments["n"] != 40 ? Self.ok : Observation(status: .failed, exitCode: 3)
    }
    let probes = try await ToolProber(registry, tools.executors(registry)).run(concurrency: 1)
    let probed = ProbedFile.make(file, probes: probes, keepsFailing: false)
    #expect(probed["hosts"] == file["hosts"])
    #expect(probed["tools"]?.arrayValue?.count == 1)
    #expect(probed["tools"]?[0]?["examples"]?[0] == ["n": 2], "what worked comes first")
    #expect(probed["tools"]?[0]?["examples"]?.arrayValue?.last == ["n": 40])
    #expect(probed["left_out"]?[0]?["name"] == "bad")
    #expect(probed["left_out"]?[0]?["reason"]?.stringValue?.contains("exit code 3") == true)
    #expect(probed["left_out"]?[0]?["definition"]?["function"] == file["tools"]?[1]?["function"])
    #expect(try ToolRegistry(probed).tools.map(\.name) == ["good"])
    let kept = ProbedFile.make(file, probes: probes, keepsFailing: true)
    #expect(kept["left_out"] == nil)
    #expect(kept["tools"]?[1]?["probe"]?["works"] == false)
  }

  @Test func `a tool that the hooks of samples need stays`() async throws {
    let file: JSONValue = [
      "setup": [["name": "login", "arguments": ["n": 1]]],
      "tools": [ProbedTools.definition("login", "Logs in.", ["n": ["type": "integer"]])],
    ]
    let registry = try ToolRegistry(file)
    let tools = ProbedTools { _, _ in Observation(status: .failed, exitCode: 1) }
    let probes = try await ToolProber(registry, tools.executors(registry)).run(concurrency: 1)
    let probed = ProbedFile.make(file, probes: probes, keepsFailing: false)
    #expect(try ToolRegistry(probed).tools.map(\.name) == ["login"])
    #expect(probed["tools"]?[0]?["probe"]?["works"] == false)
  }
}
