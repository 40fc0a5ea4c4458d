import Synchronization

/// The wish to stop: set once by Ctrl-C, looked at before each new item. What is under way is finished.
public final class Interrupt: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Returns whether this was the first request.
  @discardableResult
  public func request() -> Bool { !flag.exchange(true, ordering: .relaxed) }
}

/// Thrown where a run stopped because it was asked to. Everything finished is kept.
public struct Interrupted: Error, Hashable, Sendable {
  public init() {}
}
