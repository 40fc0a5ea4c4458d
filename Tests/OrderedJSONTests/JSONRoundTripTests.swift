import OrderedJSON
import Testing

@Suite("Round trips") struct JSONRoundTripTests {
  @Test(arguments: [
    JSONStyle.compact, .spaced, .indented(4), JSONStyle(.compact, ensureASCII: true),
    JSONStyle(.spaced, sortedKeys: true),
  ])
  func `what is written reads back the same`(_ style: JSONStyle) throws {
    var random = Seeded(11)
    for _ in 0..<1500 {
      let value = random.value()
      let text = value.serialized(style)
      let back = try JSONValue(parsing: text)
      #expect(back == value)
      #expect(back.hashValue == value.hashValue)
      if !style.sortedKeys { #expect(back.serialized(style) == text) }
    }
  }

  @Test func `bytes and strings read alike, and bytes are added at the end`() throws {
    var random = Seeded(12)
    for _ in 0..<300 {
      let value = random.value()
      var bytes: [UInt8] = [0x20]
      value.write(to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == " " + value.serialized())
      #expect(try JSONValue(parsing: bytes) == value)
      #expect(try bytes.withUnsafeBytes { bytes throws in try JSONValue(parsing: bytes) } == value)
    }
  }

  @Test func `a reader goes on after a bad document`() throws {
    var reader = JSONReader()
    #expect(try reader.read(Array("[1,{\"a\":2}]".utf8)) == [1, ["a": 2]])
    do {
      _ = try reader.read(Array("[{\"a\":[1,2,{\"b\":\"c\",\"d\"".utf8))
      Issue.record("a text that is cut off was taken")
    } catch {
      #expect(error.byteOffset == 23)
    }
    #expect(try reader.read(Array("{\"a\":2}".utf8)) == ["a": 2])
  }

  @Test func `one writer takes many values`() {
    var writer = JSONWriter()
    writer.write(["a": 1])
    writer.append(UInt8(ascii: "\n"))
    writer.write([])
    #expect(writer.withBytes { String(decoding: $0, as: UTF8.self) } == "{\"a\":1}\n[]")
    writer.removeAll()
    #expect(writer.count == 0)
  }

  @Test func `a double that JSON cannot say becomes null`() {
    #expect(
      JSONValue.array([.double(.nan), .double(.infinity), .double(-.infinity)]).serialized() == "[null,null,null]")
  }
}
