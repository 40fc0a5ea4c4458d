/// A stack in raw memory that keeps its room from one document to the next, and hands its top part over without
/// touching a reference count.
struct GrowingStack<Element>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  mutating func push(_ element: consuming Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always)
  mutating func pop() -> Element {
    count -= 1
    return (base + count).move()
  }

  /// Forgets the elements from `start` on, whose values were moved out.
  @inline(__always)
  mutating func forget(from start: Int) { count = start }

  mutating func removeAll() {
    base.deinitialize(count: count)
    count = 0
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
