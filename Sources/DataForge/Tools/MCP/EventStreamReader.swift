import NIOCore

/// Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) piece by piece.
struct EventStreamReader {
  struct Event: Hashable, Sendable {
    /// `message` where the stream does not say.
    var name: String
    var data: [UInt8]
  }

  /// An event is longer than it may be.
  struct TooLong: Error {}

  private let longest: Int
  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var endedWithReturn = false

  init(longest: Int) { self.longest = longest }

  /// The events that the next bytes complete.
  mutating func read(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [Event] {
    var events: [Event] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n") where endedWithReturn: endedWithReturn = false
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        endedWithReturn = byte == UInt8(ascii: "\r")
        if let event = endLine() { events.append(event) }
      default:
        endedWithReturn = false
        line.append(byte)
        guard line.count + data.count <= longest else { throw TooLong() }
      }
    }
    return events
  }

  private mutating func endLine() -> Event? {
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else {
      defer { (name, data, hasData) = ("", [], false) }
      return hasData ? Event(name: name.isEmpty ? "message" : name, data: data) : nil
    }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    var value = line[colon...].dropFirst()
    if value.first == UInt8(ascii: " ") { value.removeFirst() }
    switch String(decoding: line[..<colon], as: UTF8.self) {
    case "event": name = String(decoding: value, as: UTF8.self)
    case "data":
      if hasData { data.append(UInt8(ascii: "\n")) }
      data.append(contentsOf: value)
      hasData = true
    default: break
    }
    return nil
  }
}
