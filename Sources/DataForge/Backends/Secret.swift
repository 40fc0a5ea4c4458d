/// A text that no log and no error may show: printing it, or anything that holds it, gives `•••`.
public struct Secret: Sendable, Hashable {
  /// The text itself, for the one place that sends it.
  public let revealed: String

  /// Takes the text without the white space around it: keys come out of files and environments with a line end.
  public init(_ text: String) {
    revealed = text.withoutOuterBlanks
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "•••" }
  public var debugDescription: String { "•••" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
