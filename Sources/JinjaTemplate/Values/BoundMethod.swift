/// A method of a value that is not called yet, such as `text.upper`.
final class BoundMethod: Sendable {
  let receiver: Value
  let name: String
  let depth: Int

  init(_ receiver: Value, _ name: String) throws(Failure) {
    self.receiver = receiver
    self.name = name
    depth = receiver.depth + 1
    guard depth < ValueList.deepest else { throw Failure(.recursion, "values are nested too deeply") }
  }
}
