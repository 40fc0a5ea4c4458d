import OrderedJSON

/// What a conversation is to do, before anything was called for it.
struct ToolUsePlan: Hashable, Sendable {
  /// A call that is to be made.
  struct Call: Hashable, Sendable {
    var tool: String
    var arguments: JSONValue
    /// The argument that the answer of the call before gives, and where it stands in that answer.
    var link: ToolLink?
  }

  var kind: ToolUseSample.Kind
  /// None where no call is right; then `unserved` is asked.
  var calls: [Call] = []
  /// The tools that are shown beside those that are called.
  var distractors: [String] = []
  /// A request that none of the shown tools serves.
  var unserved: String?
  /// Tells plans apart that are alike, and decides the wording.
  var number: Int
}
