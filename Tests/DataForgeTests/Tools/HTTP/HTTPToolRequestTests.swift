import OrderedJSON
import Testing

@testable import DataForge

@Suite struct HTTPToolRequestTests {
  private func query(_ parameter: JSONObject, _ value: JSONValue) throws -> String? {
    var parameter = parameter
    parameter["argument"] = "a"
    parameter["in"] = "query"
    return try HTTPTools.request(
      ["base_url": "http://h.example", "path": "/", "parameters": [.object(parameter)]], ["a": value]
    ).address.query
  }

  private func path(_ parameter: JSONObject, _ value: JSONValue) throws -> String {
    var parameter = parameter
    parameter["argument"] = "a"
    parameter["in"] = "path"
    return try HTTPTools.request(
      ["base_url": "http://h.example/v1/", "path": "/x/{a}/y", "parameters": [.object(parameter)]], ["a": value]
    ).address.path
  }

  @Test func argumentsGoToTheirPlaces() throws {
    let request = try HTTPTools.request(
      [
        "method": "POST", "base_url": "https://h.example/v1", "path": "/pets/{petId}/toys",
        "parameters": [
          ["argument": "id_path", "name": "petId", "in": "path"], ["argument": "limit", "in": "query"],
          ["argument": "trace", "name": "X-Trace", "in": "header"], ["argument": "session", "in": "cookie"],
        ],
        "body": ["type": "json", "fields": [["argument": "id"], ["argument": "n", "name": "name"]]],
        "headers": ["X-Fixed": "1"],
      ],
      ["id_path": 7, "limit": 2, "trace": "é", "session": "a;b", "id": "x", "n": nil])
    #expect(request.method == "POST" && request.address.text == "https://h.example/v1/pets/7/toys?limit=2")
    #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == #"{"id":"x","name":null}"#)
    let headers = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
    #expect(headers["X-Trace"] == "é" && headers["X-Fixed"] == "1" && headers["Cookie"] == "session=a%3Bb")
    #expect(headers["Content-Type"] == "application/json")
  }

  @Test func whatIsMissingOrNullIsLeftOut() throws {
    let execute: JSONValue = [
      "base_url": "http://h.example", "path": "/{p}",
      "parameters": [["argument": "p", "in": "path"], ["argument": "q", "in": "query"]],
    ]
    let request = try HTTPTools.request(execute, ["q": nil], defaults: ["p": "d", "q": "e"], names: ["p", "q"])
    #expect(request.address.text == "http://h.example/d" && request.body == nil)
    #expect(throws: UnusableCall.self) { try HTTPTools.request(execute, [:], names: ["p", "q"]) }
  }

  /// The table of https://spec.openapis.org/oas/v3.1.0#style-examples
  @Test func stylesAreThoseOfOpenAPI() throws {
    let list: JSONValue = ["blue", "black", "brown"]
    let object: JSONValue = ["R": 100, "G": 200, "B": 150]
    #expect(try path(["style": "matrix"], "blue") == "/v1/x/;a=blue/y")
    #expect(try path(["style": "matrix"], list) == "/v1/x/;a=blue,black,brown/y")
    #expect(try path(["style": "matrix", "explode": true], list) == "/v1/x/;a=blue;a=black;a=brown/y")
    #expect(try path(["style": "matrix"], object) == "/v1/x/;a=R,100,G,200,B,150/y")
    #expect(try path(["style": "matrix", "explode": true], object) == "/v1/x/;R=100;G=200;B=150/y")
    #expect(try path(["style": "label"], "blue") == "/v1/x/.blue/y")
    #expect(try path(["style": "label", "explode": true], list) == "/v1/x/.blue.black.brown/y")
    #expect(try path(["style": "label", "explode": true], object) == "/v1/x/.R=100.G=200.B=150/y")
    #expect(try path([:], list) == "/v1/x/blue,black,brown/y")
    #expect(try path([:], object) == "/v1/x/R,100,G,200,B,150/y")
    #expect(try path(["explode": true], object) == "/v1/x/R=100,G=200,B=150/y")
    #expect(try query([:], list) == "a=blue&a=black&a=brown")
    #expect(try query(["explode": false], list) == "a=blue,black,brown")
    #expect(try query([:], object) == "R=100&G=200&B=150")
    #expect(try query(["explode": false], object) == "a=R,100,G,200,B,150")
    #expect(try query(["style": "spaceDelimited", "explode": false], list) == "a=blue%20black%20brown")
    #expect(try query(["style": "pipeDelimited", "explode": false], list) == "a=blue%7Cblack%7Cbrown")
    #expect(try query(["style": "deepObject"], object) == "a%5BR%5D=100&a%5BG%5D=200&a%5BB%5D=150")
    #expect(try query(["style": "deepObject"], ["x": ["y": [1, 2]]]) == "a%5Bx%5D%5By%5D=1&a%5Bx%5D%5By%5D=2")
    #expect(try query(["json": true], object) == "a=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D")
    #expect(try query([:], "") == "a=")
    #expect(try query([:], true) == "a=true")
    #expect(try query([:], 1.5) == "a=1.5")
    #expect(try query([:], []) == nil)
    #expect(try query(["allow_reserved": true], "/a?b&c=d#e") == "a=/a?b%26c%3Dd%23e")
    #expect(try query([:], "a&b=c#d%é") == "a=a%26b%3Dc%23d%25%C3%A9")
  }

  // MARK: Attacks

  @Test(arguments: [
    "..", ".", "../admin", "a/../../admin", "..\\admin", "a/..", "./x", "/..", "..//",
  ]) func aPathArgumentNeverLeavesItsPlace(value: String) {
    #expect(throws: UnusableCall.self) { try path([:], .string(value)) }
    #expect(throws: UnusableCall.self) { try path([:], [.string(value)]) }
  }

  @Test func whatEndsASegmentIsEncoded() throws {
    for (value, encoded) in [
      ("a/b", "a%2Fb"), ("%2e%2e", "%252e%252e"), ("%2e%2e%2fadmin", "%252e%252e%252fadmin"), ("a;b=c", "a%3Bb%3Dc"),
      ("a?b", "a%3Fb"), ("a#b", "a%23b"), ("a b", "a%20b"), ("...", "..."), ("a\\b", "a%5Cb"),
      ("a\r\nHost: x", "a%0D%0AHost%3A%20x"),
      ("é", "%C3%A9"), ("a\u{0}b", "a%00b"), ("http://evil.example/", "http%3A%2F%2Fevil.example%2F"),
      ("@evil", "%40evil"),
    ] {
      #expect(try path([:], .string(value)) == "/v1/x/\(encoded)/y")
    }
  }

  @Test func twoArgumentsTogetherDoNotLeaveTheirPlaceEither() throws {
    let execute: JSONValue = [
      "base_url": "http://h.example", "path": "/x/{a}{b}/y",
      "parameters": [["argument": "a", "in": "path"], ["argument": "b", "in": "path"]],
    ]
    #expect(throws: UnusableCall.self) { try HTTPTools.request(execute, ["a": ".", "b": "."]) }
    #expect(throws: UnusableCall.self) { try HTTPTools.request(execute, ["a": "", "b": "x"]) }
  }

  @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u{0}b", "\u{7F}"])
  func aHeaderArgumentNeverEndsItsHeader(value: String) {
    let execute: JSONValue = [
      "base_url": "http://h.example", "path": "/", "parameters": [["argument": "a", "name": "X-A", "in": "header"]],
    ]
    #expect(throws: UnusableCall.self) { try HTTPTools.request(execute, ["a": .string(value)]) }
    #expect(throws: UnusableCall.self) { try HTTPTools.request(execute, ["a": [.string(value)]]) }
  }

  @Test func aCookieArgumentNeverEndsItsCookie() throws {
    let execute: JSONValue = [
      "base_url": "http://h.example", "path": "/", "parameters": [["argument": "a", "in": "cookie"]],
    ]
    let request = try HTTPTools.request(execute, ["a": "x; admin=1\r\nX: y"])
    #expect(request.headers.last?.value == "a=x%3B%20admin%3D1%0D%0AX%3A%20y")
  }

  @Test(arguments: ["Host", "content-length", "Transfer-Encoding", "Connection", "a b", "x\r\ny", ""])
  func headersOfTheConnectionAreNoTools(name: String) {
    #expect(throws: ToolFileError.self) {
      try HTTPTools.tool(
        [
          "base_url": "http://h.example", "path": "/",
          "parameters": [["argument": "a", "name": .string(name), "in": "header"]],
        ], arguments: ["a"])
    }
    #expect(throws: ToolFileError.self) {
      try HTTPTools.tool([
        "base_url": "http://h.example", "path": "/", "headers": .object(JSONObject([(name, JSONValue.string("x"))])),
      ])
    }
  }

  // MARK: Bodies

  private func body(_ body: JSONValue, _ arguments: JSONObject, names: [String]? = nil) throws -> (String, String) {
    let request = try HTTPTools.request(
      ["method": "POST", "base_url": "http://h.example", "path": "/", "body": body], arguments, names: names)
    let type = request.headers.first { $0.name == "Content-Type" }?.value ?? ""
    return (String(decoding: request.body ?? [], as: UTF8.self), type)
  }

  @Test func bodiesAreWrittenInTheirTypes() throws {
    #expect(try body(["type": "json", "argument": "b"], ["b": [1, nil]]) == ("[1,null]", "application/json"))
    #expect(try body(["type": "text", "argument": "b"], ["b": "hé"]) == ("hé", "text/plain; charset=utf-8"))
    #expect(
      try body(["type": "binary", "argument": "b"], ["b": "data:image/png;base64,aGk="]) == ("hi", "image/png"))
    let fields: JSONValue = [["argument": "a b"], ["argument": "l"], ["argument": "o", "json": true]]
    let form = try body(["type": "form", "fields": fields], ["a b": "x&y", "l": [1, 2], "o": ["k": 1]])
    #expect(form.0 == "a%20b=x%26y&l=1&l=2&o=%7B%22k%22%3A1%7D")
    #expect(form.1 == "application/x-www-form-urlencoded")
    let rest = try body(["type": "json", "rest": true], ["x": 1, "y": 2], names: ["x"])
    #expect(rest.0 == #"{"x":1,"y":2}"#)
  }

  @Test func partsOfAMultipartBodyCannotEndThemselves() throws {
    let fields: JSONValue = [["argument": "a\"\r\nb"], ["argument": "f", "file": true]]
    let (text, type) = try body(
      ["type": "multipart", "fields": fields], ["a\"\r\nb": "--forge\r\n", "f": "data:;base64,aGk="])
    let boundary = try #require(type.split(separator: "boundary=").last)
    #expect(
      text == """
        --\(boundary)\r
        Content-Disposition: form-data; name="a%22%0D%0Ab"\r
        \r
        --forge\r
        \r
        --\(boundary)\r
        Content-Disposition: form-data; name="f"; filename="f"\r
        Content-Type: application/octet-stream\r
        \r
        hi\r
        --\(boundary)--\r

        """)
  }

  // MARK: Secrets

  private let secured: JSONValue = [
    "base_url": "http://h.example", "path": "/",
    "security": [
      [["scheme": "bearer", "token": "T"]], [["scheme": "basic", "user": "U", "password": "P"]],
      [["scheme": "api-key", "in": "query", "name": "key", "key": "K"]],
    ],
  ]

  @Test func secretsComeFromTheEnvironmentAlone() throws {
    func authorization(_ environment: [String: String]) throws -> String? {
      try HTTPTools.request(secured, [:], environment: environment).headers.first { $0.name == "Authorization" }?.value
    }
    #expect(try authorization(["T": "abc", "U": "u", "P": "p"]) == "Bearer abc")
    #expect(try authorization(["U": "u", "P": "p"]) == "Basic dTpw")
    #expect(try HTTPTools.request(secured, [:], environment: ["K": "a&b"]).address.query == "key=a%26b")
    #expect(throws: UnusableCall.notExecutable("it needs a secret; set the environment variable T, or U and P, or K")) {
      try authorization(["U": "u"])
    }
    #expect(throws: UnusableCall.self) { try authorization(["T": "a\r\nX: y"]) }
    #expect(throws: ToolFileError.self) {
      try HTTPTools.tool([
        "base_url": "http://h.example", "path": "/", "security": [[["scheme": "bearer", "token": "sk-ab c"]]],
      ])
    }
  }

  @Test func secretsAreHiddenInWhatIsWritten() throws {
    let http = try HTTPTools.http(HTTPTools.tool(secured))
    let (_, secrets) = try http.request(for: [:]) { ["U": "anna", "P": "geheim"][$0] }
    #expect(secrets.hidden(in: "Basic YW5uYTpnZWhlaW0= anna geheim") == "Basic [P] [U] [P]")
  }

  @Test(
    arguments: [
      (["base_url": "http://h.example", "path": "/{x}"], "/path"),
      (["base_url": "file:///x", "path": "/"], "/base_url"),
      (["base_url": "http://h.example", "path": "x"], "/path"),
      (["base_url": "http://h.example", "path": "/a?b={x}"], "/path"),
      (["base_url": "http://h.example", "path": "/a#b"], "/path"),
      (["base_url": "http://h.example", "path": "/", "method": "GTE"], "/method"),
      (["base_url": "http://h.example", "path": "/", "methd": "GET"], "/methd"),
      (["base_url": "http://h.example", "path": "/", "limits": ["secnds": 1]], "/limits/secnds"),
      (["base_url": "http://h.example", "path": "/", "body": ["type": "yaml"]], "/body/type"),
      (
        ["base_url": "http://h.example", "path": "/", "parameters": [["argument": "z", "in": "query"]]],
        "/parameters/0/argument"
      ),
      (["base_url": "http://h.example", "path": "/", "accept": "a\r\nb"], "/accept"),
    ] as [(JSONValue, String)]) func mistakesAreNamedWithTheirPlace(execute: JSONValue, place: String)
  {
    let error = #expect(throws: ToolFileError.self) { try HTTPTools.tool(execute) }
    #expect(error?.path == "/0/execute" + place)
  }
}
