/// Makes ZIP archives byte by byte, stored or deflated, honest or not.
struct TinyArchive {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  var bytes: [UInt8] {
    var end = body + directory
    end += Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(count, 2) + Self.number(count, 2)
    end += Self.number(directory.count, 4) + Self.number(body.count, 4) + Self.number(0, 2)
    return end
  }

  mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// - Parameters:
  ///   - packed: the deflated bytes, where the entry is not stored.
  ///   - flags: bit 0 says that the entry is encrypted.
  mutating func add(_ name: String, _ bytes: [UInt8], packed: [UInt8]? = nil, flags: Int = 0) {
    let offset = body.count
    let data = packed ?? bytes
    let fields =
      Self.number(20, 2) + Self.number(flags, 2) + Self.number(packed == nil ? 0 : 8, 2) + Self.number(0, 4)
      + Self.number(Int(Self.checksum(bytes)), 4) + Self.number(data.count, 4) + Self.number(bytes.count, 4)
      + Self.number(name.utf8.count, 2) + Self.number(0, 2)
    body += Self.number(0x0403_4B50, 4) + fields + Array(name.utf8) + data
    directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + fields + Self.number(0, 2) + Self.number(0, 2)
    directory += Self.number(0, 2) + Self.number(0, 4) + Self.number(offset, 4) + Array(name.utf8)
    count += 1
  }

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
