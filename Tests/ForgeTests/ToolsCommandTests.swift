import Foundation
import LoopbackServer
import OrderedJSON
import Testing

/// Tools files: made, listed, and called.
@Suite("tools")
struct ToolsCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, _ text: String) throws -> String {
    let path = folder.path + "/" + name
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    return path
  }

  private func description(at server: String) -> String {
    """
    openapi: 3.0.0
    info: {title: Pets, version: "1"}
    servers: [{url: "\(server)"}]
    paths:
      /pets/{id}:
        get: {operationId: getPet, parameters: [{name: id, in: path, schema: {type: integer}}]}
        delete: {operationId: dropPet}
    """
  }

  @Test func `an API is imported, listed and called`() async throws {
    try await LoopbackServer.with({ _ in .json(["name": "Rex"]) }) { server in
      let source = try write("api.yaml", description(at: "http://127.0.0.1:\(server.port)"))
      let tools = folder.path + "/tools.json"
      let made = try ForgeBinary.run(["tools", "import", "openapi", source, "-o", tools])
      #expect(made.status == 0, "\(made.err)")
      #expect(made.err.contains("1 tool → ") && made.err.contains("left out 1: DELETE"))
      #expect(made.err.contains("calls go to 127.0.0.1:\(server.port), on this machine"))
      let listed = try ForgeBinary.run(["tools", "list", tools])
      #expect(listed.out == "getPet  http     reads  (id)\n")
      let rows = try write(
        "rows.jsonl", #"{"id":1,"calls":[{"name":"getPet","arguments":{"id":7}}]}"# + "\n")
      let checked = try ForgeBinary.run(["validate", rows, "--tools", tools])
      #expect(checked.status == 0, "\(checked.err)")
      #expect(checked.out.contains(#""verdict":"pass""#) && checked.out.contains("Rex"), "\(checked.out)")
      #expect(server.requests.map(\.path) == ["/pets/7"])
    }
  }

  @Test func `a host that is not listed is called only where the user allows it`() async throws {
    try await LoopbackServer.with({ _ in .json(["name": "Rex"]) }) { server in
      let source = try write("api.yaml", description(at: "http://127.0.0.1:\(server.port)"))
      let made = try ForgeBinary.run(["tools", "import", "openapi", source])
      let tools = try write("tools.json", made.out.replacing("\"127.0.0.1:\(server.port)\"", with: ""))
      let rows = try write("rows.jsonl", #"{"calls":[{"name":"getPet","arguments":{"id":7}}]}"# + "\n")
      let refused = try ForgeBinary.run(["validate", rows, "--tools", tools, "--strict"])
      #expect(refused.status == 1 && refused.out.contains("refused") && server.requests.isEmpty)
      let allowed = ["--allow-host", "127.0.0.1:\(server.port)"]
      #expect(try ForgeBinary.run(["validate", rows, "--tools", tools, "--strict"] + allowed).status == 0)
    }
  }

  @Test func `functions are imported from a dataset's rows`() throws {
    let rows = try write(
      "rows.jsonl", #"{"tools":"[{\"name\":\"f\",\"parameters\":{\"a\":{\"type\":\"str, optional\"}}}]"}"# + "\n")
    let made = try ForgeBinary.run(["tools", "import", "functions", rows, "--json"])
    #expect(made.status == 0, "\(made.err)")
    #expect(try JSONValue(parsing: made.out)["tools"]?[0]?["function"]?["name"] == "f")
    #expect(try JSONValue(parsing: made.err)["tools"] == 1)
  }

  @Test func `strict fails where something fell out that nobody chose`() throws {
    let file = try write("f.json", #"[{"name":"f"},{"name":""}]"#)
    #expect(try ForgeBinary.run(["tools", "import", "functions", file]).status == 0)
    #expect(try ForgeBinary.run(["tools", "import", "functions", file, "--strict"]).status == 1)
  }

  @Test(arguments: [
    (["tools", "import", "openapi", "nowhere.yaml"], "nowhere.yaml"),
    (["tools", "import", "openapi", "file:///etc/passwd"], "http or https"),
    (["tools", "import", "openapi", "x.yaml", "--allow-host", "http://x"], "--allow-host"),
    (["tools", "list", "nowhere.json"], "nowhere.json"),
    (["tools", "import", "openapi", "x.yaml", "--inclde", "y"], "did you mean “--include”?"),
    (["tools", "imprt"], "forge tools import"), (["tools", "import", "opnapi"], "openapi"),
  ]) func `what cannot be done is said in words`(arguments: [String], words: String) throws {
    let result = try ForgeBinary.run(arguments)
    #expect(result.status == 2)
    #expect(result.err.contains(words), "\(result.err)")
    #expect(result.out.isEmpty)
  }
}
