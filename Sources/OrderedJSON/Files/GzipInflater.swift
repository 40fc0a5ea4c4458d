import CZlib

/// Unpacks gzip, of one member or many one after the other.
final class GzipInflater {
  /// What can be wrong with the data.
  enum Fault: Error {
    case cutShort
    case corrupt
  }

  /// How many packed bytes are read at once.
  private static let inputBytes = 256 << 10

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let input: UnsafeMutableRawBufferPointer
  private var isBetweenMembers = false
  private var inputEnded = false

  /// Starts with bytes that were read already.
  init(_ first: UnsafeRawBufferPointer) {
    input = .allocate(byteCount: max(first.count, Self.inputBytes), alignment: 16)
    input.copyMemory(from: first)
    stream.initialize(to: z_stream())
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(first.count)
    let code = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib could not start")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Fills the memory with unpacked bytes, and returns how many; 0 at the end.
  func read(into memory: UnsafeMutableRawPointer, _ room: Int, from file: InputFile) throws -> Int {
    let room = min(room, 1 << 30)
    stream.pointee.next_out = memory.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while Int(stream.pointee.avail_out) == room {
      if stream.pointee.avail_in == 0, !inputEnded { try refill(from: file) }
      if isBetweenMembers {
        skipPadding()
        if stream.pointee.avail_in == 0 {
          if inputEnded { return 0 }
          continue
        }
        inflateReset(stream)
        isBetweenMembers = false
      }
      if stream.pointee.avail_in == 0, inputEnded { throw Fault.cutShort }
      switch inflate(stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isBetweenMembers = true
      // What came out before the damage is handed over first; zlib fails again the next time.
      default: if Int(stream.pointee.avail_out) == room { throw Fault.corrupt }
      }
    }
    return room - Int(stream.pointee.avail_out)
  }

  private func refill(from file: InputFile) throws {
    guard let start = input.baseAddress else { return }
    let count = try file.read(into: start, input.count)
    inputEnded = count == 0
    stream.pointee.next_in = start.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
  }

  /// Tapes and some tools fill the last block with zeros, which `gzip` ignores too.
  private func skipPadding() {
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
  }
}
