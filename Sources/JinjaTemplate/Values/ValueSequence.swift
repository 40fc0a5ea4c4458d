import OrderedJSON

/// What can be counted and indexed, whoever built it.
enum ValueSequence {
  case values(ContiguousArray<Value>)
  case json([JSONValue])
  case range(RangeValue)
  case view(DictView)

  var count: Int {
    switch self {
    case .values(let values): values.count
    case .json(let array): array.count
    case .range(let range): range.count
    case .view(let view): view.count
    }
  }

  subscript(position: Int) -> Value {
    switch self {
    case .values(let values): values[position]
    case .json(let array): Value(array[position])
    case .range(let range): .int(range[position])
    case .view(let view): view[position]
    }
  }
}

extension Value {
  /// The elements of a list or tuple.
  var sequence: ValueSequence? {
    switch self {
    case .list(let list), .tuple(let list): .values(list.elements)
    case .jsonArray(let array): .json(array)
    default: nil
    }
  }

  /// A cursor over whatever can be iterated.
  func cursor(_ machine: inout Machine) throws(Failure) -> Cursor {
    switch self {
    case .jsonArray(let array): return Cursor(.sequence(.json(array)))
    case .list(let list), .tuple(let list): return Cursor(.sequence(.values(list.elements)))
    case .range(let range): return Cursor(.sequence(.range(range)))
    case .view(let view): return Cursor(.sequence(.view(view)))
    case .dict, .jsonObject: return Cursor(.sequence(.view(DictView(.keys, of: self))))
    case .string(let text), .markup(let text):
      try machine.build(elements: text.utf8.count)
      return Cursor(.sequence(.values(ContiguousArray(text.unicodeScalars.map { .string(String($0)) }))))
    case .undefined: return Cursor(.sequence(.values([])))
    case .iterator(let iterator): return Cursor(.iterator(iterator))
    case .loop(let loop): return Cursor(.loop(loop))
    default: throw Failure(.type, "'\(typeName)' object is not iterable")
    }
  }

  /// All elements of whatever can be iterated.
  func elements(_ machine: inout Machine) throws(Failure) -> ContiguousArray<Value> {
    switch self {
    case .list(let list), .tuple(let list):
      try machine.step(list.elements.count)
      return list.elements
    case .iterator(let iterator):
      let rest = try iterator.rest(&machine)
      try machine.step(rest.count)
      return rest
    default:
      var cursor = try cursor(&machine)
      var elements: ContiguousArray<Value> = []
      if let count = cursor.count {
        if text == nil { try machine.build(elements: count) }
        try machine.step(count)
        elements.reserveCapacity(count)
      }
      while let element = try cursor.next(&machine) { elements.append(element) }
      return elements
    }
  }
}

/// A place in what is iterated.
struct Cursor {
  enum Source {
    case sequence(ValueSequence)
    case iterator(IteratorValue)
    case loop(LoopContext)
  }

  let source: Source
  private var position = 0

  init(_ source: Source) { self.source = source }

  /// How many elements the whole has, where Python's `len` could tell.
  var count: Int? {
    if case .sequence(let sequence) = source { return sequence.count }
    return nil
  }

  mutating func next(_ machine: inout Machine) throws(Failure) -> Value? {
    switch source {
    case .sequence(let sequence):
      guard position < sequence.count else { return nil }
      position += 1
      return sequence[position - 1]
    case .iterator(let iterator): return try iterator.next(&machine)
    case .loop(let loop):
      guard let element = try loop.advance(&machine) else { return nil }
      return .tuple(try ValueList([element, .loop(loop)]))
    }
  }
}
