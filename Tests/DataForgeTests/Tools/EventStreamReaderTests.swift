import Testing

@testable import DataForge

@Suite struct EventStreamReaderTests {
  private func events(_ text: String, piece: Int) throws -> [String] {
    var reader = EventStreamReader(longest: 100)
    let bytes = Array(text.utf8)
    var events: [EventStreamReader.Event] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      events += try reader.read(bytes[start..<min(start + piece, bytes.count)])
    }
    return events.map { "\($0.name): \(String(decoding: $0.data, as: UTF8.self))" }
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func eventsAreReadHoweverTheyAreCut(piece: Int) throws {
    let text = """
      : a comment\r\nid: 4\r\ndata: one\r\n\r\nevent: endpoint\rdata:/two\rretry: 5\r\rdata: a\ndata:  b\ndata\n\n\
      event: without data\n\ndata: never ended
      """
    #expect(try events(text, piece: piece) == ["message: one", "endpoint: /two", "message: a\n b\n"])
  }

  @Test func anEventWithoutEndIsNotKept() {
    #expect(throws: EventStreamReader.TooLong.self) {
      try events("data: " + String(repeating: "x", count: 200), piece: 10)
    }
    #expect(throws: EventStreamReader.TooLong.self) {
      try events(String(repeating: "data: xxxxxxxxxx\n", count: 20), piece: 10)
    }
  }
}
