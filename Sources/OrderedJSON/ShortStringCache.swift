/// Strings that were made before, by their bytes: keys come again in every row.
struct ShortStringCache: ~Copyable {
  private struct Entry {
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var count = -1
    var text = ""
  }

  /// Longer strings are not kept.
  private static let longest = 64
  private let slots: Int
  private let entries: UnsafeMutablePointer<Entry>

  /// - Parameter slots: how many strings it keeps at most; a power of two.
  init(slots: Int) {
    self.slots = slots
    entries = .allocate(capacity: slots)
    entries.initialize(repeating: Entry(), count: slots)
  }

  deinit {
    entries.deinitialize(count: slots)
    entries.deallocate()
  }

  /// The string of these bytes, and their mark.
  @inline(__always)
  func find(_ bytes: ScannedBytes) -> ScannedKey {
    let count = bytes.count
    let (head, tail) = Self.ends(bytes)
    let mixed = (head ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15 ^ tail &* 0xC2B2_AE3D_27D4_EB4F
    let mark = mixed ^ mixed >> 32
    let entry = entries + Int(truncatingIfNeeded: mark & UInt64(truncatingIfNeeded: slots - 1))
    if entry.pointee.count == count, entry.pointee.head == head, entry.pointee.tail == tail {
      // Up to 16 bytes, head and tail are all of it.
      if count <= 16 || Self.same(entry.pointee.text, bytes) { return ScannedKey(text: entry.pointee.text, mark: mark) }
    }
    let text = bytes.makeString()
    if count <= Self.longest { entry.pointee = Entry(head: head, tail: tail, count: count, text: text) }
    return ScannedKey(text: text, mark: mark)
  }

  /// The first and the last eight bytes; of a shorter string, all of it.
  @inline(__always)
  private static func ends(_ bytes: ScannedBytes) -> (UInt64, UInt64) {
    let raw = UnsafeRawPointer(bytes.start)
    let count = bytes.count
    if count >= 8 {
      return (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    }
    if count >= 4 {
      let head = raw.loadUnaligned(as: UInt32.self)
      return (UInt64(head), UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
    }
    if count == 0 { return (0, 0) }
    let middle = UInt64(bytes.start[count >> 1]) << 8
    return (UInt64(bytes.start[0]) | middle, UInt64(bytes.start[count - 1]))
  }

  private static func same(_ text: String, _ bytes: ScannedBytes) -> Bool {
    text.withBytes { $0.elementsEqual(UnsafeBufferPointer(start: bytes.start, count: bytes.count)) }
  }
}
