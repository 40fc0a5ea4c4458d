import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

/// What descriptions say otherwise than the specification has it, or seldom.
@Suite struct OpenAPIAsWrittenTests {
  @Test func operationsAndRootsThatAreReferencesAreFollowed() async throws {
    let folder = try SpecFolder([
      "spec/api.yaml": """
      openapi: 3.0.0
      info: {}
      servers: [{url: "https://h.example"}]
      paths:
        /a/{id}:
          get: {$ref: "operations/get.yaml#/"}
          put: {$ref: "operations/none.yaml"}
        /b:
          get: {parameters: [{$ref: "../shared/parts.yaml#/q"}]}
      """,
      "spec/operations/get.yaml": """
      operationId: get a
      requestBody: {}
      parameters: [{$ref: "parameters.yaml#/id"}]
      """,
      "spec/operations/parameters.yaml":
        "id: {name: id, in: path, required: true, schema: {type: integer}, examples: {$ref: examples.yaml}}",
      "spec/operations/examples.yaml": "seven: {$ref: '#/more/seven'}\nmore: {seven: {value: 7}}",
      "shared/parts.yaml": "q: {name: q, in: query, schema: {type: string}}",
    ])
    let made = try await folder.imported("spec/api.yaml", .init(filter: OperationFilter(allowsWrites: true)))
    #expect(made.names == ["get_a"])
    #expect(made.parameters("get_a")?["properties"]?["id"] == ["type": "integer", "examples": [7]])
    #expect(made.leftOut.map(\.what) == ["PUT /a/{id}", "GET /b"])
    #expect(made.leftOut.last?.reason.contains("--root") == true)
    let wide = try await folder.imported("spec/api.yaml", .init(root: folder.path))
    #expect(wide.names == ["get_a", "get_b"])
    await #expect(throws: ToolImportError.self) {
      try await folder.imported("spec/api.yaml", .init(root: folder.path + "/shared"))
    }
  }

  @Test func aDescriptionMayHaveThousandsOfFiles() async throws {
    var files = ["api.yaml": "openapi: 3.0.0\ninfo: {}\nservers: [{url: 'https://h.example'}]\npaths:\n"]
    for number in 0..<700 {
      files["api.yaml"]? += "  /\(number): {$ref: 'p/\(number).yaml'}\n"
      files["p/\(number).yaml"] = "get: {}"
    }
    #expect(try await SpecFolder(files).imported().count == 700)
  }

  @Test func aQueryInAPathIsSentAndAFragmentIsNot() async throws {
    try await LoopbackServer.with({ _ in .json("pong") }) { server in
      let text = """
        openapi: 3.0.0
        info: {}
        servers: [{url: "http://127.0.0.1:\(server.port)/api"}]
        paths:
          /rest?method=photos.search&v=2:
            get: {operationId: search, parameters: [{name: v, in: query, schema: {type: integer}}]}
          "/#Action=List": {get: {operationId: list}}
          /odd?id={id}: {get: {operationId: odd}}
        """
      let made = try await SpecFolder.imported(text)
      #expect(made.names == ["search", "list"] && made.leftOut.map(\.what) == ["GET /odd?id={id}"])
      let registry = try ToolRegistry(made.file)
      let executor = HTTPExecutor(rules: NetworkRules(hosts: registry.hosts))
      _ = try await executor.open().execute(ToolCall(name: "search", arguments: ["v": 3]), of: registry.tools[0])
      #expect(server.requests.last?.path == "/api/rest?method=photos.search&v=3")
      _ = try await executor.open().execute(ToolCall(name: "list", arguments: [:]), of: registry.tools[1])
      #expect(server.requests.last?.path == "/api/")
    }
  }

  @Test(
    arguments: [
      ["url": "https://{name}.{suffix}/v1", "variables": ["name": ["default": ""], "suffix": ["default": ""]]],
      ["url": "https://{yours}/v1", "variables": ["yours": ["default": "{yours}"]]],
      ["url": "https://{tenant}.h.example/v1"], ["url": "{server}/v1"],
    ] as [JSONValue])
  func aServerThatLeavesItsHostOpenNeedsOne(server: JSONValue) async throws {
    let text =
      (["openapi": "3.0.0", "info": [:], "servers": .array([server]), "paths": ["/a": ["get": [:]]]]
      as JSONValue).serialized(.compact)
    let made = try await SpecFolder.imported(text)
    #expect(made.names == ["get_a"] && made.tool("get_a")?["execute"] == nil)
    #expect(made.notes.contains { $0.contains("--base-url") })
    let based = try await SpecFolder.imported(text, .init(baseURL: "https://mine.example"))
    #expect(based.tool("get_a")?["execute"]?["base_url"] == "https://mine.example/v1")
    try await LoopbackServer.with({ _ in .reply(200, text) }) { server in
      let made = try await OpenAPIImport.run("http://127.0.0.1:\(server.port)/api.json")
      #expect(made.tool("get_a")?["execute"] == nil)
    }
  }

  @Test func aTextOrAFileIsABodyOfEveryType() async throws {
    let made = try await SpecFolder.imported([
      "swagger": "2.0", "info": [:], "host": "h.example",
      "paths": [
        "/token": [
          "post": [
            "consumes": ["application/jwt"],
            "parameters": [["in": "body", "name": "token", "schema": ["type": "string"]]],
          ]
        ],
        "/object": [
          "post": [
            "consumes": ["application/jwt"],
            "parameters": [["in": "body", "name": "o", "schema": ["properties": ["a": ["type": "string"]]]]],
          ]
        ],
        "/yaml": [
          "post": [
            "consumes": ["application/yaml"],
            "parameters": [["in": "body", "name": "o", "schema": ["properties": ["a": ["type": "string"]]]]],
          ]
        ],
        "/empty": ["post": ["consumes": [""], "parameters": [["in": "body", "name": "o", "schema": [:]]]]],
      ],
    ])
    #expect(made.names == ["post_token", "post_yaml", "post_empty"])
    #expect(
      made.tool("post_token")?["execute"]?["body"]
        == ["type": "binary", "content_type": "application/jwt", "argument": "body"])
    #expect(made.tool("post_yaml")?["execute"]?["body"]?["content_type"] == "application/yaml")
  }

  @Test func whatIsMeantIsRead() async throws {
    let made = try await SpecFolder.imported([
      "openapi": "3.0.0", "info": [:],
      "paths": [
        "/a": [
          "post": [
            "requestBody": [
              "content": [
                "application/json": [
                  "schema": [
                    "type": "object",
                    "properties": [
                      "kind": ["oneOf": [["type": "string"], ["nullable": true]]],
                      "tree": ["$recursiveAnchor": true, "type": "string"], "any": ["nullable": true],
                    ],
                  ]
                ]
              ]
            ]
          ]
        ]
      ],
    ])
    #expect(
      made.parameters("post_a")?["properties"] == [
        "kind": ["oneOf": [["type": "string"], ["type": "null"]]], "tree": ["type": "string"], "any": [:],
      ])
    let old = try await SpecFolder.imported(
      ##"{"swagger":"2.0","info":{},"host":"h","definitions":{"K":{"type":"integer"}},"paths":{"/a":{"get":{"##
        + ##""parameters":[{"name":"k","in":"query","schema":{"$ref":"#/definitions/K"}}]}}}}"##)
    #expect(old.parameters("get_a")?["properties"]?["k"] == ["type": "integer"])
  }

  @Test func aMappingTellsChoicesApart() async throws {
    let made = try await SpecFolder.imported([
      "openapi": "3.0.0", "info": [:],
      "components": [
        "schemas": [
          "Cat": ["type": "object", "properties": ["kind": ["type": "string"], "lives": ["type": "integer"]]],
          "Dog": ["type": "object", "required": ["bark"], "properties": ["bark": ["type": "string"]]],
        ]
      ],
      "paths": [
        "/a": [
          "post": [
            "requestBody": [
              "content": [
                "application/json": [
                  "schema": [
                    "oneOf": [["$ref": "#/components/schemas/Cat"], ["$ref": "#/components/schemas/Dog"]],
                    "discriminator": [
                      "propertyName": "kind",
                      "mapping": ["cat": "#/components/schemas/Cat", "dog": "Dog", "pup": "Dog"],
                    ],
                  ]
                ]
              ]
            ]
          ]
        ]
      ],
    ])
    #expect(
      made.parameters("post_a")?["properties"]?["body"]?["oneOf"] == [
        [
          "type": "object", "required": ["kind"],
          "properties": ["kind": ["type": "string", "enum": ["cat"]], "lives": ["type": "integer"]],
        ],
        [
          "type": "object", "required": ["bark", "kind"],
          "properties": ["bark": ["type": "string"], "kind": ["enum": ["dog", "pup"]]],
        ],
      ])
  }

  @Test(
    arguments: [
      ("named", nil, "is named, but described nowhere"),
      ("kind", ["type": "mutualTLS"], "of a kind that is not supported: mutualTLS"),
      ("digest", ["type": "http", "scheme": "Digest"], "of a kind that is not supported: http digest"),
      ("key", ["type": "apiKey", "name": "k"], "does not say where its key goes"),
    ] as [(String, JSONValue?, String)])
  func aSecuritySchemeThatCannotBeMetIsSaid(name: String, scheme: JSONValue?, reason: String) async throws {
    var document: JSONObject = [
      "openapi": "3.0.0", "info": [:], "servers": [["url": "https://h.example"]],
      "paths": ["/a": ["get": ["security": .array([[name: []]])]], "/b": ["get": [:]]],
    ]
    if let scheme { document["components"] = ["securitySchemes": .object([name: scheme])] }
    let made = try await SpecFolder.imported(.object(document))
    #expect(made.names == ["get_b"] && made.leftOut.first?.reason.contains(reason) == true, "\(made.leftOut)")
  }

  @Test(arguments: [
    (
      "openapi: 3.0.0\ninfo: {}\npaths:\n  /a: {}\npaths: {}\n", "\"paths\" stands twice in one mapping, once in line 3"
    ),
    ("openapi: 3.0.0\ninfo: {title: 'a\n", "at line 3, column 1"),
  ])
  func aMistakeInYAMLIsNamedByItsLine(text: String, reason: String) async throws {
    let error = await #expect(throws: ToolImportError.self) { try await SpecFolder.imported(text) }
    #expect(error?.reason.hasSuffix(reason) == true, "\(error?.reason ?? "")")
  }
}
