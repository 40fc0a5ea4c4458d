import OrderedJSON
import Testing

@testable import DataForge

@Suite struct MCPServerTests {
  @Test func programsAndSitesAreRead() throws {
    let program = try MCPServer(
      [
        "command": ["a", "-b"], "env": ["KEY"], "readable": ["/opt/x"], "directory": "data", "network": true,
        "sandbox": false, "stateless": true, "limits": ["start_seconds": 2, "call_seconds": 0.5, "memory_mib": 99],
      ], at: "")
    guard case .program(let read) = program.place else {
      Issue.record("no program")
      return
    }
    #expect(read.command == ["a", "-b"])
    #expect(read.environment == ["KEY"])
    #expect(read.readable == ["/opt/x"])
    #expect(read.network && !read.isSandboxed && program.isStateless == true)
    #expect(program.limits.startSeconds == 2 && program.limits.callSeconds == 0.5)
    #expect(program.limits.process.memory == 99 && program.limits.process.output == MCPLimits().process.output)
    let site = try MCPServer(["url": "https://a.example/mcp", "headers_env": ["Authorization": "TOKEN"]], at: "")
    #expect(site.place == .site(.init(url: "https://a.example/mcp", headers: ["Authorization": "TOKEN"])))
    #expect(site.isStateless == nil)
  }

  @Test(arguments: [
    ("3", "", "object"), ("{}", "", "either"), (#"{"command": ["a"], "url": "http://a"}"#, "", "either"),
    (#"{"command": "a"}"#, "/command", "array"), (#"{"command": []}"#, "/command", "program"),
    (#"{"command": ["a", 3]}"#, "/command/1", "string"), (#"{"command": ["a"], "env": ["A=b"]}"#, "/env/0", "name"),
    (#"{"command": ["a"], "sandbox": "no"}"#, "/sandbox", "true or false"),
    (#"{"command": ["a"], "sandbx": false}"#, "/sandbx", "did you mean \"sandbox\"?"),
    (#"{"command": ["a"], "headers_env": {}}"#, "/headers_env", "no such key"),
    (#"{"command": ["a"], "limits": {"seconds": 3}}"#, "/limits/seconds", "call_seconds"),
    (#"{"command": ["a"], "limits": {"call_seconds": 0}}"#, "/limits/call_seconds", "positive"),
    (#"{"command": ["a"], "limits": {"memory": 3}}"#, "/limits/memory", "did you mean"),
    (#"{"url": "file:///etc/passwd"}"#, "/url", "only http and https"),
    (#"{"url": "http://a", "headers_env": {"X-Key": 3}}"#, "/headers_env/X-Key", "environment variable"),
    (#"{"url": "http://a", "headers_env": {"X\r\nY": "KEY"}}"#, "/headers_env/X\r\nY", "environment variable"),
  ])
  func mistakesAreNamedByTheirPlace(json: String, path: String, reason: String) throws {
    let json = try JSONValue(parsing: json)
    do throws(ToolFileError) {
      _ = try MCPServer(json, at: "")
      Issue.record("accepted")
    } catch {
      #expect(error.path == path)
      #expect(error.reason.contains(reason), "\(error)")
    }
  }

  @Test func valuesOfVariablesDoNotReachWhatIsWritten() throws {
    let server = try MCPServer(["url": "http://a", "headers_env": ["Authorization": "TOKEN", "X": "GONE"]], at: "")
    let secrets = MCPSecrets(of: server, ["TOKEN": "Bearer abcdefgh"])
    #expect(secrets.missing == ["GONE"])
    let seen = Observation(
      status: .failed, output: ["said": ["abcdefgh!", 3], "abcdefgh": true], message: "with Bearer abcdefgh")
    let clean = secrets.removed(from: seen)
    #expect(clean.output == ["said": ["[TOKEN]!", 3], "[TOKEN]": true])
    #expect(clean.message == "with [TOKEN]")
  }

  @Test func headersHoldWhatTheyCan() {
    #expect(MCPHeader.encoded("us-west1") == "us-west1")
    #expect(MCPHeader.encoded("Hello, 世界") == "=?base64?SGVsbG8sIOS4lueVjA==?=")
    #expect(MCPHeader.encoded(" padded ") == "=?base64?IHBhZGRlZCA=?=")
    #expect(MCPHeader.encoded("line1\nline2") == "=?base64?bGluZTEKbGluZTI=?=")
    #expect(MCPHeader.encoded("=?base64?literal?=") == "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=")
    let schema: JSONValue = [
      "properties": [
        "region": ["type": "string", "x-mcp-header": "Region"], "bad": ["x-mcp-header": "A\r\nB"],
        "deep": ["properties": ["count": ["type": "integer", "x-mcp-header": "Count"]]],
        "none": ["x-mcp-header": "None"],
      ]
    ]
    let headers = MCPHeader.headers(
      ofCall: "sql", ["region": "eu", "bad": "x", "deep": ["count": 4], "none": nil], schema)
    #expect(headers.map { "\($0.name)=\($0.value)" } == ["Mcp-Name=sql", "Mcp-Param-Region=eu", "Mcp-Param-Count=4"])
  }
}
