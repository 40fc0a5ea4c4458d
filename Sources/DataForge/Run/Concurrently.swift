import Synchronization

/// Runs `body` for every item of `next`, at most `limit` at once, and asks for the next item only when there is room,
/// so that memory does not grow with the number of items.
///
/// The first error stops the feeding and is thrown when the items under way have ended; they are not cancelled, since
/// a model call that is under way is paid for.
/// - Throws: `Interrupted` where the interrupt was requested; then too the items under way were finished first.
func concurrently<Item: Sendable>(
  limit: Int, interrupt: Interrupt, next: () async throws -> Item?,
  body: @escaping @Sendable (Item) async throws -> Void
) async throws {
  let failure = FirstError()
  await withTaskGroup(of: Void.self) { group in
    var running = 0
    while !interrupt.isRequested, !failure.isSet {
      if running >= max(limit, 1) {
        await group.next()
        running -= 1
        continue
      }
      guard let item = await failure.catching(next) ?? nil else { break }
      group.addTask { _ = await failure.catching { try await body(item) } }
      running += 1
    }
    await group.waitForAll()
  }
  try failure.rethrow()
  if interrupt.isRequested { throw Interrupted() }
}

/// Keeps the first of the errors that many tasks may meet.
private final class FirstError: Sendable {
  private let error = Mutex<(any Error)?>(nil)

  var isSet: Bool { error.withLock { $0 != nil } }

  func catching<T>(_ body: () async throws -> T) async -> T? {
    do {
      return try await body()
    } catch let caught {
      error.withLock { if $0 == nil { $0 = caught } }
      return nil
    }
  }

  func rethrow() throws {
    if let error = error.withLock({ $0 }) { throw error }
  }
}
