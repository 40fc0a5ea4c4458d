import OrderedJSON

/// What a row says that a call answered.
struct RecordedResult: Sendable {
  /// The call's place among the row's calls, from 0.
  var call: Int
  /// The message that holds it.
  var message: Int
  /// The content as it is written.
  var content: JSONValue
}
