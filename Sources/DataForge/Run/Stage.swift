import OrderedJSON

/// One step of the pipeline as a value: typed input, typed output, no memory of its own.
///
/// A stage throws only where the run cannot go on; bad data is an `Outcome.rejected`. The same input and the same
/// parameters give the same outcomes.
public protocol Stage<Input, Output>: Sendable {
  associatedtype Input: Sendable
  associatedtype Output: Sendable

  static var name: StageName { get }

  /// Everything that decides the output besides the input. A change of it makes finished work count as undone.
  var parameters: JSONValue { get }

  func run(_ input: Input) async throws -> [Outcome<Output>]
}
