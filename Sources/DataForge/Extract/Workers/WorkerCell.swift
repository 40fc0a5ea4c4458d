import Glibc

/// A number in memory that a worker and its parent share: what the worker is busy with.
///
/// It costs a store for each page, where a message would cost both sides a system call and a switch; and it can still be
/// read when the worker is dead.
struct WorkerCell: @unchecked Sendable {
  // Sound without a lock: one aligned word, written by the worker alone.
  private let word: UnsafeMutablePointer<Int>

  private static let size = 4096

  /// Maps the file of the descriptor, which it makes long enough; `nil` where the system has no memory.
  init?(descriptor: Int32) {
    guard ftruncate(descriptor, off_t(Self.size)) == 0,
      let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
    else { return nil }
    word = memory.bindMemory(to: Int.self, capacity: 1)
  }

  func unmap() { munmap(word, Self.size) }

  var step: ReadStep {
    get {
      switch word.pointee {
      case 0: .starting
      case -1: .idle
      case -2: .opening
      case -3: .information
      case let page where page > 0: .page(page)
      default: .assembly
      }
    }
    nonmutating set {
      word.pointee =
        switch newValue {
        case .starting: 0
        case .idle: -1
        case .opening: -2
        case .information: -3
        case .assembly: -4
        case .page(let number): number
        }
    }
  }
}
