/// What `keys()`, `values()` and `items()` of a dict give.
final class DictView: Sendable {
  enum Part: String { case keys, values, items }

  let part: Part
  /// A dict.
  let owner: Value

  init(_ part: Part, of owner: Value) {
    self.part = part
    self.owner = owner
  }

  var typeName: String { "dict_\(part.rawValue)" }
  var depth: Int { owner.depth }

  var count: Int {
    switch owner {
    case .dict(let dict): dict.keys.count
    case .jsonObject(let object): object.count
    default: 0
    }
  }

  subscript(index: Int) -> Value {
    switch owner {
    case .dict(let dict):
      switch part {
      case .keys: return dict.keys[index]
      case .values: return dict.values[index]
      case .items: return .tuple(ValueList(pair: dict.keys[index], dict.values[index]))
      }
    case .jsonObject(let object):
      let member = object[object.startIndex + index]
      switch part {
      case .keys: return .string(member.key)
      case .values: return Value(member.value)
      case .items: return .tuple(ValueList(pair: .string(member.key), Value(member.value)))
      }
    default: return .none
    }
  }

  var elements: ContiguousArray<Value> {
    var elements: ContiguousArray<Value> = []
    let count = count
    elements.reserveCapacity(count)
    for index in 0..<count { elements.append(self[index]) }
    return elements
  }
}

extension ValueList {
  /// A pair out of a dict, whose depth is bounded already.
  convenience init(pair first: Value, _ second: Value) {
    self.init(bounded: [first, second], depth: max(first.depth, second.depth) + 1)
  }
}
