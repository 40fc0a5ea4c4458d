/// What `namespace()` makes: the one value whose attributes a template may set.
///
/// As in `transformers`, names with a leading underscore are refused.
final class NamespaceValue: @unchecked Sendable {
  private(set) var names: ContiguousArray<String> = []
  private var values: ContiguousArray<Value> = []

  func value(named name: String) -> Value? {
    for position in names.indices where names[position].hasSameBytes(as: name) { return values[position] }
    return nil
  }

  func set(_ name: String, _ value: Value) throws(Failure) {
    for position in names.indices where names[position].hasSameBytes(as: name) {
      values[position] = value
      return
    }
    if name.utf8.first == UInt8(ascii: "_") {
      throw Failure(
        .security,
        "Chat templates cannot store underscore-prefixed attributes on a namespace, but got "
          + "\(PythonRepr.quoted(name)). Please rename the attribute.")
    }
    names.append(name)
    values.append(value)
  }

  var members: [(name: String, value: Value)] { zip(names, values).map { ($0, $1) } }

  /// Forgets everything, so that no ring of references outlives a rendering.
  func clear() {
    names = []
    values = []
  }
}
