import Glibc
import OrderedJSON
import Testing

@Suite("Depth") struct JSONDepthTests {
  @Test func `the limit counts open arrays and objects`() throws {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
      let levels = open.first == "[" && open.count > 1 ? 256 : 512
      let deepest = String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
      #expect(throws: Never.self) { try JSONValue(parsing: deepest) }
      let error = try #require(throws: JSONParseError.self) { try JSONValue(parsing: open + deepest + close) }
      #expect(error.message.contains("512"))
    }
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: "[[1]]", limits: JSONLimits(maximumDepth: 1)) }
    #expect(JSONLimits(maximumDepth: 1_000_000).maximumDepth == 512)
  }

  @Test func `a million open brackets are refused`() {
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: String(repeating: "[", count: 1_000_000)) }
  }

  /// 512 levels are read, compared, hashed, written and freed on the smallest stack that is in use.
  @Test func `the deepest value that can be read fits a stack of 512 KB`() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 512 << 10)
    defer { pthread_attr_destroy(&attributes) }
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { _ in
        let text = String(repeating: "{\"a\":[", count: 256) + String(repeating: "]}", count: 256)
        guard let value = try? JSONValue(parsing: text),
          let again = try? JSONValue(parsing: text), value == again, Set([value, again]).count == 1,
          value.serialized() == text, value.canonical() == text
        else { return nil }
        return UnsafeMutableRawPointer(bitPattern: 1)
      }, nil)
    #expect(code == 0)
    var result: UnsafeMutableRawPointer?
    pthread_join(thread, &result)
    #expect(result != nil)
  }
}
