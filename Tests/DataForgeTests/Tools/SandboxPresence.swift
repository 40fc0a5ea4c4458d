@testable import DataForge

/// Whether this machine can run what the sandbox needs; where it cannot, its tests say that they skip.
enum SandboxPresence {
  static let isThere = (try? Sandbox()) != nil
}
