import Glibc

/// Messages over a stream socket: the length in 8 bytes, then as many bytes.
enum WorkerSocket {
  static let headerSize = 8

  /// Sends a message; false where nobody is there to take it.
  static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    let header = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
    return sendAll(header, to: descriptor) && sendAll(bytes, to: descriptor)
  }

  private static func sendAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        // Without the flag, a reader that went away would end this process.
        let count = Glibc.send(
          descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
  }

  /// Waits for a whole message; `nil` where the other side is gone.
  static func receive(from descriptor: Int32) -> [UInt8]? {
    guard let header = receive(headerSize, from: descriptor) else { return nil }
    return receive(length(header), from: descriptor)
  }

  static func length(_ header: [UInt8]) -> Int {
    Int(clamping: header.prefix(headerSize).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  private static func receive(_ count: Int, from descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let more = bytes.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress?.advanced(by: got), count - got, 0) }
      if more < 0 && errno == EINTR { continue }
      guard more > 0 else { return nil }
      got += more
    }
    return bytes
  }
}
