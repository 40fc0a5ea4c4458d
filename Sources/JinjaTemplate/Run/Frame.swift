/// The variables of one run of a template's body, a macro, a block or a recursive loop.
final class Frame: @unchecked Sendable {
  let slots: UnsafeMutablePointer<Value>
  private let count: Int
  /// The variables around the definition of what runs.
  private(set) var parent: Frame?

  init(count: Int, parent: Frame?) {
    slots = .allocate(capacity: count)
    slots.initialize(repeating: .missing, count: count)
    self.count = count
    self.parent = parent
  }

  /// How much memory it takes, roughly.
  var byteCount: Int { 64 + count * MemoryLayout<Value>.stride }

  /// Forgets every variable, so that no ring of references outlives a rendering.
  func clear() {
    for slot in 0..<count { slots[slot] = .missing }
    parent = nil
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }
}
