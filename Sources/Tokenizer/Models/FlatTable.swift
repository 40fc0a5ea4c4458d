/// A hash table from 64-bit keys to two 32-bit numbers, in one block of memory.
///
/// It is filled while a tokenizer is loaded and only read from then on.
final class FlatTable: @unchecked Sendable {
  // Sendable: filled before it is shared.

  struct Slot {
    var key: UInt64
    var first: UInt32
    var second: UInt32
  }

  static let emptyKey = UInt64.max

  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  private let shift: UInt64

  /// Takes how many keys there will be at most.
  init(capacity: Int) {
    var bits: UInt64 = 4
    // At most two thirds of the slots are used.
    while 1 << bits < capacity + capacity / 2 + 1 { bits += 1 }
    let count = 1 << Int(bits)
    slots = .allocate(capacity: count)
    slots.initialize(repeating: Slot(key: Self.emptyKey, first: 0, second: 0), count: count)
    mask = count - 1
    shift = 64 - bits
  }

  deinit { slots.deallocate() }

  /// The slot of a key, or where it would stand.
  @inline(__always)
  private func place(of key: UInt64) -> UnsafeMutablePointer<Slot> {
    var mixed = key &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
    var index = Int(truncatingIfNeeded: mixed >> shift)
    while true {
      let slot = slots + index
      if slot.pointee.key == key || slot.pointee.key == Self.emptyKey { return slot }
      index = (index + 1) & mask
    }
  }

  /// What stands under a key, or `nil`.
  @inline(__always)
  func find(_ key: UInt64) -> UnsafePointer<Slot>? {
    let slot = place(of: key)
    return slot.pointee.key == key ? UnsafePointer(slot) : nil
  }

  /// Sets what stands under a key.
  func set(_ key: UInt64, _ first: UInt32, _ second: UInt32) {
    place(of: key).pointee = Slot(key: key, first: first, second: second)
  }
}
