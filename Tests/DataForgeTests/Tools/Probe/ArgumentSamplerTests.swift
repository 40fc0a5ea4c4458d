import OrderedJSON
import Testing

@testable import DataForge

@Suite("arguments of a tool")
struct ArgumentSamplerTests {
  private func sampler(_ parameters: JSONValue, examples: [JSONValue] = []) throws -> ArgumentSampler {
    try ArgumentSampler(Tool(name: "tool", parameters: parameters, examples: examples))
  }

  @Test func `examples come first, where they follow the schema`() throws {
    let parameters: JSONValue = [
      "type": "object", "properties": ["city": ["type": "string"]], "required": ["city"],
    ]
    let sampler = try sampler(parameters, examples: [["city": 3], ["town": "Oslo"], ["city": "Bergen"]])
    let arguments = sampler.arguments(count: 3, seed: 0)
    #expect(arguments.first == ["city": "Bergen"])
    #expect(arguments.count == 3)
    #expect(arguments.allSatisfy { sampler.accepts($0) })
  }

  @Test func `the same seed gives the same, another seed something else`() throws {
    let sampler = try sampler([
      "type": "object", "properties": ["n": ["type": "integer", "minimum": 0, "maximum": 90]], "required": ["n"],
    ])
    #expect(sampler.arguments(count: 5, seed: 1) == sampler.arguments(count: 5, seed: 1))
    #expect(sampler.arguments(count: 5, seed: 1) != sampler.arguments(count: 5, seed: 2))
    #expect(Set(sampler.arguments(count: 5, seed: 1)).count == 5)
  }

  @Test(
    arguments: [
      ["type": "string", "pattern": "^[A-Z]{3}-\\d{4}$"],
      ["type": "string", "pattern": "^(red|green) [a-f0-9]+x?$"],
      ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
      ["type": "string", "format": "uuid"], ["type": "string", "format": "date-time"],
      ["type": "string", "format": "email"], ["type": "string", "format": "ipv6"],
      ["type": "string", "minLength": 30, "maxLength": 40], ["const": ["a": 1]], ["enum": [3, nil]],
      ["type": "integer", "exclusiveMinimum": 7, "maximum": 9], ["type": "integer", "multipleOf": 25, "minimum": -60],
      ["type": "integer", "maximum": -5], ["type": "number", "minimum": 0.1, "maximum": 0.4],
      ["type": "array", "items": ["enum": [1, 2, 3]], "minItems": 3, "uniqueItems": true],
      ["type": ["string", "null"]], ["type": "integer", "nullable": true],
      ["oneOf": [["type": "null"], ["type": "integer", "minimum": 5]]],
      [
        "allOf": [
          ["type": "object", "properties": ["a": ["type": "integer"]], "required": ["a"]], ["required": ["b"]],
        ]
      ],
      ["$ref": "#/$defs/point"], ["type": "dict", "properties": ["x": ["type": "float"]], "required": ["x"]],
      ["type": "boolean"], true,
    ] as [JSONValue])
  func `what is drawn follows the schema`(property: JSONValue) throws {
    let sampler = try sampler([
      "type": "object", "properties": ["it": property], "required": ["it"],
      "$defs": ["point": ["type": "object", "properties": ["x": ["type": "number"]], "required": ["x"]]],
    ])
    for seed in 0..<20 {
      let arguments = sampler.arguments(count: 3, seed: seed)
      #expect(!arguments.isEmpty, "seed \(seed)")
      #expect(arguments.allSatisfy { sampler.accepts($0) && $0["it"] != nil })
    }
  }

  @Test func `what is required comes alone first, then optional ones join`() throws {
    let sampler = try sampler([
      "type": "object",
      "properties": ["id": ["type": "integer"], "a": ["type": "string"], "b": ["type": "boolean"]],
      "required": ["id"],
    ])
    let arguments = sampler.arguments(count: 12, seed: 3)
    #expect(arguments.first?.objectValue?.keys == ["id"])
    #expect(arguments.contains { ($0.objectValue?.count ?? 0) > 1 })
  }

  @Test func `examples in a description and defaults are taken`() throws {
    let sampler = try sampler([
      "type": "object",
      "properties": [
        "station": ["type": "string", "description": "The station's code, e.g. \"KEF\" or \"OSL\"."],
        "unit": ["type": "string", "default": "metre"],
      ],
      "required": ["station", "unit"],
    ])
    #expect(sampler.arguments(count: 1, seed: 0) == [["station": "KEF", "unit": "metre"]])
  }

  @Test func `choices in a description, SQL and formulas are known`() throws {
    func drawn(_ name: String, _ description: String) throws -> String? {
      try sampler([
        "type": "object", "properties": .object([name: ["type": "string", "description": .string(description)]]),
        "required": [.string(name)],
      ]).arguments(count: 1, seed: 0).first?[name]?.stringValue
    }
    #expect(try drawn("branch_type", "Whether to list local branches ('local') or all branches('all').") == "local")
    #expect(try drawn("sorting", "The user's choice; it's `asc` or `desc`.") == "asc")
    #expect(try drawn("note", "The user's 'own' words") != "own")
    #expect(try drawn("query", "SELECT SQL query to execute")?.hasPrefix("SELECT ") == true)
    #expect(try drawn("query", "CREATE TABLE SQL statement")?.hasPrefix("CREATE TABLE ") == true)
    #expect(try drawn("expression", "")?.contains { "+-*".contains($0) } == true)
  }

  @Test func `files and folders are those that the server was started for`() throws {
    let folder = try SpecFolder([
      "notes/a.txt": "a", "notes/.hidden": "", "notes/more/b.txt": "b", "venv/bin/python": "",
    ])
    let notes = folder.path + "/notes"
    for command in [["serve", "--root", notes], ["serve", "--root=\(notes)"], ["serve"]] {
      let registry = try ToolRegistry([
        "servers": [
          "files": [
            "command": .array(command.map { .string($0) }),
            "readable": [.string(folder.path + "/venv"), .string(notes)],
          ]
        ],
        "tools": [
          [
            "name": "read",
            "parameters": [
              "type": "object", "required": ["repo_path", "file_name"],
              "properties": ["repo_path": ["type": "string"], "file_name": ["type": "string"]],
            ], "execute": ["kind": "mcp", "server": "files", "tool": "read"],
          ]
        ],
      ])
      let tool = registry.tools[0]
      let arguments = try ArgumentSampler(tool, paths: registry.knownPaths(of: tool)).arguments(count: 1, seed: 0)
      #expect(arguments == [["repo_path": .string(notes), "file_name": .string(notes + "/a.txt")]])
    }
  }

  @Test func `a schema that nothing follows or that never ends gives nothing`() throws {
    let impossible = try sampler([
      "type": "object", "properties": ["n": ["type": "integer", "minimum": 3, "maximum": 2]], "required": ["n"],
    ])
    #expect(impossible.arguments(count: 2, seed: 0).isEmpty)
    let endless = try sampler([
      "type": "object", "properties": ["n": ["$ref": "#/$defs/n"]], "required": ["n"],
      "$defs": ["n": ["type": "object", "properties": ["n": ["$ref": "#/$defs/n"]], "required": ["n"]]],
    ])
    #expect(endless.arguments(count: 2, seed: 0).isEmpty)
  }

  @Test func `a tool without arguments is called with none, once`() throws {
    #expect(try sampler(["type": "object", "properties": [:]]).arguments(count: 3, seed: 0) == [[:]])
  }
}
