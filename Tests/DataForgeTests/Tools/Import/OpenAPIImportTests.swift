import LoopbackServer
import OrderedJSON
import Testing

@testable import DataForge

@Suite struct OpenAPIImportTests {
  private let pets = """
    openapi: 3.0.3
    info: {title: Pet Store, version: 1.0}
    servers:
      - url: https://{region}.pets.example:{port}/v{version}
        variables:
          region: {default: eu}
          port: {default: "8443", enum: ["8443"]}
          version: {default: 2}
    security: [{apiKey: []}]
    paths:
      /pets/{petId}:
        parameters:
          - {name: petId, in: path, required: true, schema: {type: integer, format: int64}, example: 7}
          - {name: verbose, in: query, schema: {type: boolean}}
        get:
          operationId: get pet!
          summary: One pet.
          description: With everything that is known.
          deprecated: true
          tags: [read]
          parameters:
            - {name: verbose, in: query, description: Say more., schema: {type: string, enum: [yes, no], default: no}}
            - {name: X-Trace, in: header, schema: {type: string}}
            - {name: Accept, in: header, schema: {type: string}}
            - {name: Authorization, in: header, schema: {type: string}}
            - {name: session, in: cookie, schema: {type: string}}
            - {name: filter, in: query, style: deepObject, explode: true, schema: {type: object}}
            - {name: ids, in: query, explode: false, schema: {type: array, items: {type: integer}}}
            - {name: q, in: query, content: {application/json: {schema: {type: object}}}}
          responses:
            "200": {description: ok, content: {text/csv: {}, application/json: {}}}
        put:
          operationId: update
          security: [{}, {bearer: []}]
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: "#/components/schemas/Pet"}
                example: {name: Rex, petId: 3}
          responses: {}
      /pets:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema:
                  type: object
                  required: [photo]
                  properties:
                    photo: {type: string, format: binary}
                    tags: {type: array, items: {type: string}}
          responses: {}
        head: {responses: {}}
      /upload:
        post:
          tags: [files]
          operationId: xml
          requestBody: {content: {application/xml: {schema: {type: object}}}}
          responses: {}
    components:
      securitySchemes:
        apiKey: {type: apiKey, in: header, name: X-API-Key}
        bearer: {type: http, scheme: bearer}
      schemas:
        Pet:
          type: object
          required: [name, id]
          properties:
            id: {type: integer, readOnly: true}
            petId: {type: integer}
            name: {type: string, nullable: true, example: Rex}
            age: {type: integer, minimum: 0, exclusiveMinimum: true}
    """

  @Test func anOperationBecomesATool() async throws {
    let made = try await SpecFolder.imported(pets)
    #expect(made.source == "Pet Store 1.0 (OpenAPI 3.0)")
    #expect(made.names == ["get_pet", "head_pets"])
    #expect(made.file["hosts"] == ["eu.pets.example:8443"])
    #expect(made.variables == ["PET_STORE_API_KEY"])
    #expect(made.leftOutByReason.map(\.count).reduce(0, +) == 3 && made.leftOut.allSatisfy(\.isByChoice))
    let tool = try #require(made.tool("get_pet"))
    #expect(tool["read_only"] == true)
    #expect(tool["function"]?["description"] == "Deprecated.\n\nOne pet.\n\nWith everything that is known.")
    #expect(tool["examples"] == [["petId": 7, "verbose": "no"]])
    #expect(
      made.parameters("get_pet") == [
        "type": "object",
        "properties": [
          "petId": ["type": "integer", "format": "int64", "examples": [7]],
          "verbose": ["type": "string", "enum": ["yes", "no"], "default": "no", "description": "Say more."],
          "filter": ["type": "object"], "ids": ["type": "array", "items": ["type": "integer"]], "q": ["type": "object"],
          "X-Trace": ["type": "string"], "session": ["type": "string"],
        ],
        "required": ["petId"],
      ])
    #expect(
      tool["execute"] == [
        "kind": "http", "method": "GET", "base_url": "https://eu.pets.example:8443/v2", "path": "/pets/{petId}",
        "parameters": [
          ["argument": "petId", "in": "path"], ["argument": "verbose", "in": "query"],
          ["argument": "filter", "in": "query", "style": "deepObject", "explode": true],
          ["argument": "ids", "in": "query", "explode": false], ["argument": "q", "in": "query", "json": true],
          ["argument": "X-Trace", "in": "header"], ["argument": "session", "in": "cookie"],
        ],
        "security": [[["scheme": "api-key", "in": "header", "name": "X-API-Key", "key": "PET_STORE_API_KEY"]]],
        "accept": "application/json, text/csv, */*;q=0.5", "output": "data",
      ])
  }

  @Test func bodiesAreFlatWhereTheirNamesAreFree() async throws {
    let options = OpenAPIImport.Options(
      baseURL: "http://127.0.0.1:8801", filter: OperationFilter(allowsWrites: true), secrets: ["apiKey": "MINE"])
    let made = try await SpecFolder.imported(pets, options)
    #expect(made.names == ["get_pet", "update", "head_pets", "post_pets"])
    #expect(made.file["hosts"] == ["127.0.0.1:8801"])
    #expect(made.notes.contains("calls go to 127.0.0.1:8801, on this machine"))
    #expect(made.leftOut.map(\.what) == ["POST /upload"] && made.leftOut[0].reason.contains("application/xml"))
    #expect(made.variables == ["MINE", "PET_STORE_BEARER"])
    // The body has a petId as well, so it stands apart.
    let update = try #require(made.tool("update"))
    #expect(update["execute"]?["base_url"] == "http://127.0.0.1:8801/v2" && update["read_only"] == nil)
    #expect(update["execute"]?["body"] == ["type": "json", "argument": "body"])
    #expect(update["execute"]?["security"] == [[], [["scheme": "bearer", "token": "PET_STORE_BEARER"]]])
    #expect(update["examples"] == [["petId": 7, "body": ["name": "Rex", "petId": 3]]])
    #expect(
      made.parameters("update")?["properties"]?["body"] == [
        "type": "object", "required": ["name"],
        "properties": [
          "petId": ["type": "integer"], "name": ["type": ["string", "null"], "examples": ["Rex"]],
          "age": ["type": "integer", "exclusiveMinimum": 0],
        ],
      ])
    #expect(made.parameters("update")?["required"] == ["petId", "body"])
    #expect(
      made.tool("post_pets")?["execute"]?["body"] == [
        "type": "multipart", "fields": [["argument": "photo", "file": true], ["argument": "tags"]],
      ])
    #expect(made.parameters("post_pets")?["required"] == ["photo"])
  }

  @Test func argumentsOfOneNameGetASuffix() async throws {
    let made = try await SpecFolder.imported([
      "openapi": "3.1.0", "info": ["title": "x", "version": "1"], "servers": [["url": "https://h.example"]],
      "paths": [
        "/a/{id}": [
          "post": [
            "operationId": "o",
            "parameters": [
              ["name": "id", "in": "header", "schema": ["type": "string"]],
              ["name": "id", "in": "query", "schema": ["type": "string"], "required": true],
              ["name": "id", "in": "path", "schema": ["type": "string"], "required": true],
              ["name": "body", "in": "query", "schema": ["type": "string"]],
            ],
            "requestBody": [
              "required": true,
              "content": ["application/json": ["schema": ["type": "array", "items": ["type": "string"]]]],
            ],
          ]
        ]
      ],
    ])
    #expect(made.parameters("o")?["required"] == ["id", "id_query", "body_content"])
    let registry = try ToolRegistry(made.file)
    guard case .http(let http)? = registry.tools[0].execution else { return #expect(Bool(false)) }
    let (request, _) = try http.request(
      for: ["id": "p", "id_query": "q", "id_header": "h", "body": "b", "body_content": ["c"]], environment: { _ in nil }
    )
    #expect(request.address.text == "https://h.example/a/p?id=q&body=b")
    #expect(request.headers.contains { $0.name == "id" && $0.value == "h" })
    #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"["c"]"#)
  }

  @Test func schemasOfEveryLanguageBecomeJSONSchema() async throws {
    func argument(_ version: String, _ schema: JSONValue, components: JSONValue = [:]) async throws -> JSONValue? {
      let made = try await SpecFolder.imported([
        "openapi": .string(version), "info": [:], "servers": [["url": "https://h.example"]],
        "paths": ["/": ["get": ["parameters": [["name": "a", "in": "query", "schema": schema]]]]],
        "components": ["schemas": components],
      ])
      return made.parameters("get_root")?["properties"]?["a"]
    }
    #expect(
      try await argument("3.0.0", ["type": "string", "nullable": true, "enum": ["a"]])
        == ["type": ["string", "null"], "enum": ["a", nil]])
    #expect(
      try await argument("3.1.0", ["type": ["string", "null"], "const": "x"]) == [
        "type": ["string", "null"], "const": "x",
      ])
    #expect(
      try await argument(
        "3.0.0", ["nullable": true, "allOf": [["$ref": "#/components/schemas/E"]]],
        components: ["E": ["type": "string"]])
        == ["type": ["string", "null"]])
    #expect(
      try await argument(
        "3.0.0", ["oneOf": [["$ref": "#/components/schemas/E"], ["type": "integer"]], "nullable": true],
        components: ["E": ["type": "string"]])
        == ["anyOf": [["oneOf": [["type": "string"], ["type": "integer"]]], ["type": "null"]]])
    #expect(
      try await argument(
        "3.0.0",
        [
          "allOf": [
            ["type": "object", "required": ["x"], "properties": ["x": ["type": "string"]]],
            ["properties": ["y": ["type": "integer"]], "required": ["y"]],
          ]
        ])
        == [
          "type": "object", "required": ["x", "y"], "properties": ["x": ["type": "string"], "y": ["type": "integer"]],
        ])
    #expect(
      try await argument(
        "3.1.0", ["$ref": "#/components/schemas/E", "description": "d"], components: ["E": ["type": "string"]])
        == ["type": "string", "description": "d"])
    #expect(
      try await argument("3.0.0", ["type": "file", "pattern": "(?<", "x-y": 1, "minLength": -1]) == ["type": "string"])
  }

  @Test func aSchemaThatContainsItselfStandsOnce() async throws {
    let made = try await SpecFolder.imported([
      "openapi": "3.1.0", "info": [:], "servers": [["url": "https://h.example"]],
      "paths": [
        "/": [
          "post": [
            "operationId": "o",
            "requestBody": ["content": ["application/json": ["schema": ["$ref": "#/components/schemas/Tree"]]]],
          ]
        ]
      ],
      "components": [
        "schemas": [
          "Tree": [
            "type": "object", "required": ["name"],
            "properties": [
              "name": ["type": "string"],
              "children": ["type": "array", "items": ["$ref": "#/components/schemas/Tree"]],
            ],
          ]
        ]
      ],
    ])
    let parameters = try #require(made.parameters("o"))
    #expect(parameters["properties"]?["children"] == ["type": "array", "items": ["$ref": "#/$defs/Tree"]])
    #expect(parameters["required"] == ["name"])
    let schema = try JSONSchema(ParameterSchema.closed(parameters))
    #expect(schema.accepts(["name": "a", "children": [["name": "b", "children": []]]]))
    #expect(!schema.accepts(["name": "a", "children": [["nam": "b", "children": [["name": 1]]]]]))
  }

  @Test func swagger2IsRead() async throws {
    let made = try await SpecFolder.imported(
      """
      swagger: "2.0"
      info: {title: T, version: "1"}
      host: h.example
      basePath: /api
      schemes: [http, https]
      consumes: [application/json]
      produces: [application/json]
      securityDefinitions: {basicAuth: {type: basic}}
      paths:
        /a/{x}:
          get:
            security: [{basicAuth: []}]
            parameters:
              - {name: l, in: query, type: array, items: {type: string}, collectionFormat: pipes}
              - {name: m, in: query, type: array, items: {type: string}, collectionFormat: multi}
              - {name: n, in: query, type: int, default: 3}
              - {name: Authorization, in: header, type: string}
          post:
            consumes: [multipart/form-data]
            parameters:
              - {name: f, in: formData, type: file, required: true}
              - {name: t, in: formData, type: string}
          put:
            parameters:
              - {name: payload, in: body, required: true, schema: {$ref: "#/definitions/P"}}
      definitions:
        P: {type: object, properties: {a: {type: string}}, additionalProperties: true}
      """, .init(filter: OperationFilter(allowsWrites: true)))
    #expect(made.names == ["get_a_x", "post_a_x", "put_a_x"])
    let get = try #require(made.tool("get_a_x")?["execute"])
    #expect(get["base_url"] == "https://h.example/api")
    #expect(
      get["parameters"] == [
        ["argument": "x", "in": "path"], ["argument": "l", "in": "query", "style": "pipeDelimited", "explode": false],
        ["argument": "m", "in": "query", "explode": true], ["argument": "n", "in": "query"],
        ["argument": "Authorization", "in": "header"],
      ])
    #expect(made.parameters("get_a_x")?["properties"]?["n"] == ["type": "integer", "default": 3])
    #expect(
      get["security"] == [[["scheme": "basic", "user": "T_BASIC_AUTH_USER", "password": "T_BASIC_AUTH_PASSWORD"]]])
    #expect(
      made.tool("post_a_x")?["execute"]?["body"] == [
        "type": "multipart", "fields": [["argument": "f", "file": true], ["argument": "t"]],
      ])
    #expect(made.tool("put_a_x")?["execute"]?["body"] == ["type": "json", "fields": [["argument": "a"]], "rest": true])
    #expect(made.parameters("put_a_x")?["additionalProperties"] == true)
  }

  @Test func whatIsTakenIsChosenByNamePathMethodAndTag() async throws {
    func names(_ filter: OperationFilter) async throws -> [String] {
      try await SpecFolder.imported(pets, .init(filter: filter)).names
    }
    #expect(try await names(.init(include: ["read"])) == ["get_pet"])
    #expect(try await names(.init(include: ["/pets"])) == ["head_pets"])
    #expect(try await names(.init(include: ["/pets*"], exclude: ["GET *"])) == ["head_pets"])
    #expect(
      try await names(.init(include: ["*"], exclude: ["get_?et", "xml"], allowsWrites: true)) == [
        "update", "head_pets", "post_pets",
      ])
    let error = await #expect(throws: ToolImportError.self) { try await names(.init(include: ["POST *"])) }
    #expect(error?.reason.contains("--allow-writes") == true)
  }

  @Test func namesAreLegalAndOnlyOnce() {
    var names = ToolNames()
    #expect(names.name(for: "get pet!") == "get_pet")
    #expect(names.name(for: "get/pet") == "get_pet_2")
    #expect(names.name(for: "get_pet") == "get_pet_3")
    let long = String(repeating: "a", count: 90)
    #expect(names.name(for: long) == String(repeating: "a", count: 64))
    #expect(names.name(for: long) == String(repeating: "a", count: 62) + "_2")
    #expect(names.name(for: "größe") == "gr_e" && names.name(for: "日本") == "tool" && names.name(for: "") == "tool_2")
  }

  @Test func aRelativeServerIsWhereTheDescriptionIs() async throws {
    let text = #"{"openapi":"3.0.0","info":{},"servers":[{"url":"/api/"}],"paths":{"/a":{"get":{}}}}"#
    let made = try await SpecFolder.imported(text)
    #expect(made.tool("get_a")?["execute"] == nil && made.notes.contains { $0.contains("--base-url") })
    for (base, expected) in [
      ("http://127.0.0.1:1", "http://127.0.0.1:1/api/"), ("http://127.0.0.1:1/", "http://127.0.0.1:1"),
      ("http://127.0.0.1:1/v2", "http://127.0.0.1:1/v2"),
    ] {
      let made = try await SpecFolder.imported(text, .init(baseURL: base))
      #expect(made.tool("get_a")?["execute"]?["base_url"] == .string(expected))
    }
    try await LoopbackServer.with({ $0.path == "/docs/spec.json" ? .reply(200, text) : .json("pong") }) { server in
      let made = try await OpenAPIImport.run("http://127.0.0.1:\(server.port)/docs/spec.json")
      #expect(made.tool("get_a")?["execute"]?["base_url"] == .string("http://127.0.0.1:\(server.port)/api/"))
      let registry = try ToolRegistry(made.file)
      let executor = HTTPExecutor(rules: NetworkRules(hosts: registry.hosts))
      let seen = try await executor.open().execute(ToolCall(name: "get_a", arguments: [:]), of: registry.tools[0])
      #expect(seen.output == "pong" && server.requests.last?.path == "/api/a")
    }
  }

  @Test func aServerAtALinkLocalAddressIsNotListed() async throws {
    let text =
      #"{"openapi":"3.0.0","info":{},"servers":[{"url":"http://169.254.169.254/latest"}],"paths":{"/a":{"get":{}}}}"#
    let made = try await SpecFolder.imported(text)
    #expect(made.file["hosts"] == [] && made.notes.contains { $0.contains("--allow-host 169.254.169.254") })
  }

  @Test func referencesToOtherFilesAreFollowed() async throws {
    let folder = try SpecFolder([
      "api.yaml": """
      openapi: 3.0.0
      info: {}
      servers: [{url: "https://h.example"}]
      paths:
        /a: {$ref: "paths/a.yaml#/~1a"}
      """,
      "paths/a.yaml": """
      /a:
        get:
          parameters: [{$ref: "../parts.json#/q"}]
      """,
      "parts.json": ##"{"q": {"name": "q", "in": "query", "schema": {"$ref": "#/Kind"}}, "Kind": {"type": "string"}}"##,
    ])
    let made = try await folder.imported()
    #expect(made.parameters("get_a")?["properties"]?["q"] == ["type": "string"])
  }
}
