import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// The real httpbin, imported from its own description and called.
@Suite(
  .serialized,
  .enabled(
    if: HTTPBinServer.python != nil && HTTPBinServer.description != nil,
    "needs httpbin from PyPI (FORGE_HTTPBIN_PYTHON or the network) and the conformance data"))
struct HTTPBinTests {
  /// An httpbin of its own, and tools that call it.
  private struct Bench {
    let server: HTTPBinServer
    let made: ToolImport
    private let registry: ToolRegistry
    private let executor: HTTPExecutor

    init(_ filter: OperationFilter = OperationFilter(allowsWrites: true)) async throws {
      server = try await HTTPBinServer.start()
      let description = try #require(HTTPBinServer.description)
      made = try await OpenAPIImport.run(
        description, options: .init(baseURL: "http://127.0.0.1:\(server.port)", filter: filter))
      registry = try ToolRegistry(made.file)
      executor = HTTPExecutor(rules: NetworkRules(hosts: registry.hosts))
    }

    func call(_ name: String, _ arguments: JSONValue) async throws -> Observation {
      let tool = try #require(registry[name], "\(name)")
      return try await executor.open().execute(ToolCall(name: name, arguments: arguments), of: tool)
    }
  }

  @Test func everyOperationIsTakenOrCounted() async throws {
    let bench = try await Bench(OperationFilter())
    let operations = try ConformanceFolder.json(#require(HTTPBinServer.description))["paths"]?.objectValue ?? [:]
    let count = operations.map { $0.value.objectValue?.count ?? 0 }.reduce(0, +)
    #expect(bench.made.count + bench.made.leftOut.count == count)
    let byChoice = bench.made.leftOut.filter(\.isByChoice)
    #expect(byChoice.count == bench.made.leftOut.count)
    #expect(bench.made.count == 48)
  }

  @Test func callsComeBackAsHTTPBinAnswersThem() async throws {
    let bench = try await Bench()
    let get = try await bench.call("get_get", [:])
    #expect(get.status == .ok && get.output["url"]?.stringValue?.hasSuffix("/get") == true)
    let base64 = try await bench.call("get_base64_value", ["value": "SGVsbG8="])
    #expect(base64.status == .ok && base64.output == "Hello")
    #expect(try await bench.call("get_uuid", [:]).output["uuid"] != nil)
    #expect(try await bench.call("get_basic-auth_user_passwd", ["user": "u", "passwd": "p"]).status == .failed)
    let bearer = try await bench.call("get_bearer", ["Authorization": "Bearer abc"])
    #expect(bearer.output == ["authenticated": true, "token": "abc"])
    #expect(try await bench.call("get_bearer", [:]).httpStatus == 401)
    let cookies = try await bench.call("get_cookies", [:])
    #expect(cookies.status == .ok)
    let anything = try await bench.call("get_anything_anything", ["anything": "a b/c;d"])
    #expect(anything.output["url"]?.stringValue?.contains("/anything/a b") == true || anything.status == .ok)
    let headers = try await bench.call("get_response-headers", ["freeform": "x y"])
    #expect(headers.output["freeform"] == "x y")
  }

  @Test func methodsArrive() async throws {
    let bench = try await Bench()
    for method in ["post", "put", "patch", "delete"] {
      let seen = try await bench.call("\(method)_\(method)", [:])
      #expect(seen.status == .ok)
    }
  }

  @Test func redirectsAreFollowedAndRefused() async throws {
    let bench = try await Bench()
    for name in ["get_redirect_n", "get_relative-redirect_n", "get_absolute-redirect_n"] {
      #expect(try await bench.call(name, ["n": 3]).status == .ok)
    }
    #expect(try await bench.call("get_redirect_n", ["n": 6]).status == .refused)
    for url in [
      "http://127.0.0.1:1/", "http://localhost/", "http://169.254.169.254/", "file:///etc/passwd", "http://[::1]/",
    ] {
      #expect(try await bench.call("get_redirect-to", ["url": .string(url)]).status == .refused)
    }
  }

  @Test func statusesEncodingsAndSizesAreSeen() async throws {
    let bench = try await Bench()
    for code in [400, 401, 404, 418, 500, 503] {
      let seen = try await bench.call("get_status_codes", ["codes": .string("\(code)")])
      #expect(seen.status == .failed && seen.httpStatus == code)
    }
    #expect(try await bench.call("get_status_codes", ["codes": "204"]).status == .emptyAnswer)
    #expect(try await bench.call("get_gzip", [:]).output["gzipped"] == true)
    #expect(try await bench.call("get_deflate", [:]).output["deflated"] == true)
    #expect(try await bench.call("get_brotli", [:]).status == .notJSON)
    #expect(try await bench.call("get_image_png", [:]).output.stringValue?.hasPrefix("[image/png, 8090 bytes") == true)
    #expect(try await bench.call("get_encoding_utf8", [:]).output.stringValue?.contains("∮") == true)
    #expect(try await bench.call("get_stream_n", ["n": 3]).output.arrayValue?.count == 3)
    #expect(try await bench.call("get_stream-bytes_n", ["n": 100]).status == .ok)
    #expect(try await bench.call("get_drip", ["duration": 0, "numbytes": 5, "delay": 0]).output == "*****")
    #expect(try await bench.call("get_xml", [:]).output.stringValue?.hasPrefix("<?xml") == true)
    #expect(try await bench.call("get_json", [:]).output["slideshow"] != nil)
    #expect(try await bench.call("get_deny", [:]).status == .ok)
  }

  @Test func aPathArgumentReachesNoOtherRoute() async throws {
    let bench = try await Bench()
    for value in ["../uuid", "..", "..%2fuuid", "x/../../uuid"] {
      let seen = try await bench.call("get_base64_value", ["value": .string(value)])
      #expect(seen.status != .ok || seen.output["uuid"] == nil)
    }
  }
}
