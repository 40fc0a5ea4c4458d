/// Who is told how far a run is. Calls come from many tasks at once.
public protocol ProgressListener: Sendable {
  /// A stage begins: how many items it has, and how many of them were done in an earlier run.
  func began(_ stage: StageName, total: Int, alreadyDone: Int)
  /// One more item is done.
  func advanced(_ stage: StageName)
  /// A model call was paid for.
  func spent(_ usage: TokenUsage)
  func ended(_ stage: StageName)
  /// Something that the user should know, though the run goes on.
  func warned(_ message: String)
}

/// Nobody is told.
public struct SilentProgress: ProgressListener {
  public init() {}
  public func began(_ stage: StageName, total: Int, alreadyDone: Int) {}
  public func advanced(_ stage: StageName) {}
  public func spent(_ usage: TokenUsage) {}
  public func ended(_ stage: StageName) {}
  public func warned(_ message: String) {}
}
