import Foundation
import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// Descriptions that were written to do harm.
@Suite struct HostileSpecTests {
  private func spec(schema: JSONValue, schemas: JSONValue = [:]) -> JSONValue {
    [
      "openapi": "3.1.0", "info": [:], "servers": [["url": "https://h.example"]],
      "paths": [
        "/good": ["get": [:]],
        "/bad": ["get": ["operationId": "bad", "parameters": [["name": "a", "in": "query", "schema": schema]]]],
      ],
      "components": ["schemas": schemas],
    ]
  }

  @Test func referencesInACircleAreNoTool() async throws {
    let made = try await SpecFolder.imported(
      spec(
        schema: ["$ref": "#/components/schemas/A"],
        schemas: ["A": ["$ref": "#/components/schemas/B"], "B": ["$ref": "#/components/schemas/A"]]))
    #expect(made.names.contains("get_good"))
    // Whatever becomes of the circle, a call of its tool can be checked and ends.
    let registry = try ToolRegistry(made.file)
    for tool in registry.tools {
      let schema = try JSONSchema(ParameterSchema.closed(tool.parameters))
      _ = schema.accepts(["a": 1])
    }
    let path = try await SpecFolder.imported(
      ##"{"openapi":"3.0.0","info":{},"servers":[{"url":"https://h.example"}],"paths":{"/a":{"$ref":"#/paths/~1a"},"/b":{"get":{}}}}"##
    )
    #expect(path.names == ["get_b"] && path.leftOut[0].reason.contains("circle"))
  }

  @Test func referencesThatDoubleAtEachStepDoNotGrow() async throws {
    var schemas = JSONObject()
    for level in 0..<64 {
      let next: JSONValue = ["$ref": .string("#/components/schemas/L\(level + 1)")]
      schemas["L\(level)"] = ["type": "object", "properties": ["a": next, "b": next]]
    }
    schemas["L64"] = ["type": "string"]
    let made = try await SpecFolder.imported(
      spec(schema: ["$ref": "#/components/schemas/L0"], schemas: .object(schemas)))
    #expect(made.names == ["get_good", "bad"], "\(made.leftOut)")
    let bad = try #require(made.tool("bad"))
    #expect(bad.serialized(.compact).utf8.count < 20_000)
  }

  @Test func aReferenceLeadsNowhereOutOfTheFolder() async throws {
    let outside = try SpecFolder(["secret.json": #"{"type": "string", "description": "secret"}"#])
    for reference in [
      "../" + (outside.path as NSString).lastPathComponent + "/secret.json", outside.path + "/secret.json",
      "file://\(outside.path)/secret.json", "..%2f" + (outside.path as NSString).lastPathComponent + "%2fsecret.json",
      "link.json", "/etc/passwd", "http://169.254.169.254/latest",
    ] {
      let folder = try SpecFolder(["api.json": spec(schema: ["$ref": .string(reference)]).serialized(.compact)])
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/link.json", withDestinationPath: outside.path + "/secret.json")
      let made = try await folder.imported("api.json")
      #expect(made.names == ["get_good"])
      #expect(!made.file.serialized(.compact).contains("secret"))
      #expect(made.leftOut.map(\.what) == ["GET /bad"])
    }
  }

  @Test func aReferenceToAURLNeedsLeave() async throws {
    try await LoopbackServer.with({ _ in .reply(200, #"{"type": "string"}"#) }) { server in
      let text = spec(schema: ["$ref": .string("http://127.0.0.1:\(server.port)/x.json")]).serialized(.compact)
      let made = try await SpecFolder.imported(text)
      #expect(made.names == ["get_good"] && server.requests.isEmpty)
      let allowed = OpenAPIImport.Options(allowedHosts: ["127.0.0.1:\(server.port)"])
      #expect(try await SpecFolder.imported(text, allowed).names == ["get_good", "bad"])
    }
  }

  @Test func aDescriptionFromTheNetLeadsToNoFileAndNoOtherServer() async throws {
    try await LoopbackServer.with({ _ in .reply(200, #"{"type": "string"}"#) }) { other in
      for reference in [
        "file:///etc/passwd", "http://127.0.0.1:\(other.port)/x.json", "//127.0.0.1:\(other.port)/x.json",
      ] {
        let text = spec(schema: ["$ref": .string(reference)]).serialized(.compact)
        try await LoopbackServer.with({ _ in .reply(200, text) }) { server in
          let made = try await OpenAPIImport.run("http://127.0.0.1:\(server.port)/api.json")
          #expect(made.names == ["get_good"])
        }
      }
      #expect(other.requests.isEmpty)
    }
  }

  @Test func aYAMLBombIsRefused() async throws {
    var text = "openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
    }
    let error = await #expect(throws: ToolImportError.self) { try await SpecFolder.imported(text) }
    #expect(error?.reason.contains("values, repeated ones counted") == true)
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000),
    "a: " + String(repeating: "[", count: 100_000), "a: " + String(repeating: "- ", count: 100_000),
    (0..<3_000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
  ]) func deepNestingIsRefused(text: String) async {
    await #expect(throws: ToolImportError.self) { try await SpecFolder.imported(text) }
  }

  @Test func aDescriptionOfMoreThan64MiBIsRefused() async throws {
    let folder = try SpecFolder(["api.json": "{}"])
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path + "/api.json"))
    try file.truncate(atOffset: 100 << 20)
    try file.close()
    let error = await #expect(throws: ToolImportError.self) { try await folder.imported("api.json") }
    #expect(error?.reason.contains("larger than 64 MiB") == true)
  }

  @Test(arguments: ["(a+)+$", "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){25}", "(x+x+)+y"])
  func aCatastrophicPatternCostsLittle(pattern: String) async throws {
    let made = try await SpecFolder.imported(spec(schema: ["type": "string", "pattern": .string(pattern)]))
    let tool = try #require(try ToolRegistry(made.file)["bad"])
    let schema = try JSONSchema(ParameterSchema.closed(tool.parameters))
    for sign in ["a", "x"] {
      // A backtracking matcher would not come back from this.
      _ = schema.accepts(["a": .string(String(repeating: sign, count: 4_000) + "!")])
    }
  }

  @Test(arguments: [
    "", "   ", "just words", "[]", "{}", #"{"openapi": "4.0.0", "paths": {}}"#, #"{"swagger": "1.2"}"#,
    #"{"openapi": "3.0.0"}"#, #"{"openapi": "3.0.0", "paths": {}}"#, #"{"openapi": "3.0.0", "paths": []}"#,
    #"{"openapi": "3.0.0", "paths": {"/a": {"get": 3}}}"#, "a: [unclosed", "%PDF-1.7", "\u{0}\u{1}\u{2}",
    "!!python/object/apply:os.system ['id']",
  ]) func whatIsNoDescriptionIsRefusedInWords(text: String) async {
    let error = await #expect(throws: ToolImportError.self) { try await SpecFolder.imported(text) }
    #expect(error?.reason.isEmpty == false)
  }

  @Test func aHostileServerOrHeaderIsNoTool() async throws {
    for server in ["file:///etc", "http://user:pw@h.example/", "javascript:x", "http://h.example/\r\nX: y"] {
      await #expect(throws: ToolImportError.self) {
        try await SpecFolder.imported([
          "openapi": "3.0.0", "info": [:], "servers": [["url": .string(server)]], "paths": ["/a": ["get": [:]]],
        ])
      }
    }
    let made = try await SpecFolder.imported([
      "openapi": "3.0.0", "info": ["title": "\u{1B}[31m\r\n"], "servers": [["url": "http://h.example"]],
      "paths": [
        "/a": ["get": ["parameters": [["name": "Host", "in": "header"], ["name": "X\r\nY", "in": "header"]]]],
        "/{x}": ["get": ["parameters": [["name": "y", "in": "nowhere"]]]], "/a b\r\n": ["get": [:]],
      ],
    ])
    #expect(made.parameters("get_a")?["properties"] == [:])
    #expect(!made.source.contains("\u{1B}"))
  }
}
