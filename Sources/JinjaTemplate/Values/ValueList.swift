/// The elements of a list or tuple that a template built. Never changes.
final class ValueList: Sendable {
  let elements: ContiguousArray<Value>
  /// How deep its elements go; bounded, so that comparing and freeing a value cannot exhaust the stack.
  let depth: Int
  /// How much work it is to look at all of it, with what its elements share counted each time.
  let weight: Int
  /// Whether it is what `groupby` makes, a tuple whose parts also have names.
  let isGroup: Bool

  static let deepest = 100

  init(unchecked elements: ContiguousArray<Value>) {
    self.elements = elements
    depth = 1
    weight = elements.count
    isGroup = false
  }

  /// Takes elements whose depth is known and bounded.
  init(bounded elements: ContiguousArray<Value>, depth: Int) {
    self.elements = elements
    weight = Value.weight(of: elements)
    self.depth = depth
    isGroup = false
  }

  init(_ elements: ContiguousArray<Value>, isGroup: Bool = false) throws(Failure) {
    var deepest = 0
    for element in elements { deepest = max(deepest, element.depth) }
    guard deepest < Self.deepest else { throw Failure(.recursion, "values are nested too deeply") }
    self.elements = elements
    depth = deepest + 1
    weight = Value.weight(of: elements)
    self.isGroup = isGroup
  }
}

extension Value {
  static func list(_ elements: ContiguousArray<Value>) throws(Failure) -> Value { .list(try ValueList(elements)) }
  static func tuple(_ elements: ContiguousArray<Value>) throws(Failure) -> Value { .tuple(try ValueList(elements)) }
}

extension Value {
  /// How much work it is to compare or hash the value, in steps; what is shared within it counts each time.
  var weight: Int {
    switch self {
    case .string(let text), .markup(let text): text.utf8.count >> 6
    case .list(let list), .tuple(let list): list.weight
    case .dict(let dict): dict.weight
    case .jsonArray(let array): array.count
    case .jsonObject(let object): object.count
    default: 0
    }
  }

  static func weight(of elements: ContiguousArray<Value>) -> Int {
    var weight = elements.count
    for element in elements {
      let (sum, overflow) = weight.addingReportingOverflow(element.weight)
      weight = overflow ? Int.max : sum
    }
    return weight
  }
}
