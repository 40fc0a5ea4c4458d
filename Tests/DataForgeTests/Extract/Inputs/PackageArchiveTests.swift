import CZlib
import Testing

@testable import DataForge

@Suite("packages")
struct PackageArchiveTests {
  private func archive(_ bytes: [UInt8], _ limits: InputLimits = InputLimits()) throws -> (
    ScratchFolder, PackageArchive
  ) {
    let folder = try ScratchFolder()
    return (folder, try PackageArchive(path: folder.write("a.zip", bytes), limits: limits))
  }

  /// Bytes as `deflate` packs them.
  private func packed(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count / 100 + 1_000)
    let count = output.count
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(count)
        deflate(&stream, Z_FINISH)
        return Array(output[..<(count - Int(stream.avail_out))])
      }
    }
  }

  @Test func `parts are read by name, without regard to case`() throws {
    var tiny = TinyArchive()
    tiny.add("Word/Document.xml", "text")
    let (_, archive) = try archive(tiny.bytes)
    #expect(try archive.read("word/document.xml") == Array("text".utf8))
    #expect(try archive.read("../etc/passwd") == nil)
  }

  @Test func `a bomb is stopped at the limit`() throws {
    var limits = InputLimits()
    limits.partSize = 1 << 20
    let zeros = [UInt8](repeating: 0x20, count: 8 << 20)
    var tiny = TinyArchive()
    tiny.add("bomb", zeros, packed: packed(zeros))
    // The directory lies about the size.
    var lying = TinyArchive()
    lying.add("bomb", [1, 2, 3], packed: packed(zeros))
    for bytes in [tiny.bytes, lying.bytes] {
      #expect(bytes.count < 20_000)
      let (_, archive) = try archive(bytes, limits)
      let failure = #expect(throws: InputFailure.self) { try archive.read("bomb") }
      #expect(failure?.check == "too-large" || failure?.check == "damaged")
    }
  }

  @Test func `all parts together have a limit`() throws {
    var limits = InputLimits()
    limits.packageSize = 250
    var tiny = TinyArchive()
    for name in ["a", "b", "c"] { tiny.add(name, [UInt8](repeating: 1, count: 100)) }
    let (_, archive) = try archive(tiny.bytes, limits)
    #expect(try archive.read("a")?.count == 100)
    #expect(try archive.read("b")?.count == 100)
    #expect(throws: InputFailure.self) { try archive.read("c") }
  }

  @Test func `an encrypted part is refused`() throws {
    var tiny = TinyArchive()
    tiny.add("a", [1, 2, 3], flags: 1)
    let (_, archive) = try archive(tiny.bytes)
    #expect(#expect(throws: InputFailure.self) { try archive.read("a") }?.check == "encrypted")
  }

  @Test func `altered bytes are refused`() throws {
    var tiny = TinyArchive()
    tiny.add("a", "some text that is long enough")
    var bytes = tiny.bytes
    bytes[40] ^= 1
    let (_, archive) = try archive(bytes)
    #expect(#expect(throws: InputFailure.self) { try archive.read("a") }?.check == "damaged")
  }

  @Test func `too many entries are refused`() throws {
    var limits = InputLimits()
    limits.entries = 2
    var tiny = TinyArchive()
    for name in ["a", "b", "c"] { tiny.add(name, "x") }
    let bytes = tiny.bytes
    #expect(throws: InputFailure.self) { try self.archive(bytes, limits) }
  }

  @Test func `names are resolved within the package`() {
    #expect(PartPath.resolve("a%20b.xhtml#x", from: "OPS/book.opf") == "OPS/a b.xhtml")
    #expect(PartPath.resolve("../../../etc/passwd", from: "OPS/book.opf") == "etc/passwd")
    #expect(PartPath.resolve("/word/styles.xml", from: "word/document.xml") == "word/styles.xml")
    #expect(PartPath.resolve("%zz%00a", from: "") == "%zz%00a")
  }
}
