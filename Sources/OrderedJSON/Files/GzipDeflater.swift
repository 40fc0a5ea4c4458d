import CZlib

/// Packs bytes as gzip, always the same bytes for the same input: no time, no name in the header.
final class GzipDeflater {
  // zlib keeps the address, so the stream must stay where it is.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)

  init() {
    stream.initialize(to: z_stream())
    // 15 bits of window, 16 more for the gzip frame; it can only fail for want of memory, as Swift's own allocations do.
    let code = deflateInit2_(
      stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib could not start")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  /// Packs the bytes and hands on what is ready; the last call says so.
  func pack(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, to body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      try body(UnsafeRawBufferPointer(rebasing: output[..<(output.count - Int(stream.pointee.avail_out))]))
    } while stream.pointee.avail_out == 0
  }
}
