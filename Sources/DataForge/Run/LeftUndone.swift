/// What a failing server leaves undone: items that are told of, and done by a later run.
public enum LeftUndone {
  /// The check that their rejections name.
  public static let check = "backend-failed"

  /// Why an item is left undone after an error, as a sentence; `nil` where the error stops the run, or is about the item
  /// itself.
  ///
  /// A server that went down after it had answered leaves what was done before; one that never answered is wrongly named
  /// or not there.
  public static func reason(for error: any Error) -> String? {
    switch error {
    case let error as BackendError where error.consequence == .leavesUndone: sentence("\(error)")
    case let outage as BackendOutage where outage.hasAnswered: sentence("Not asked, for the server is down: \(outage)")
    default: nil
    }
  }

  private static func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }
}
