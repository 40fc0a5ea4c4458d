import OrderedJSON

/// Truth, length and hashing, as Python has them.
extension Value {
  /// `bool(value)`.
  @inline(__always)
  func isTrue(_ machine: inout Machine) throws(Failure) -> Bool {
    switch self {
    case .bool(let value): return value
    case .string(let text), .markup(let text): return !text.utf8.isEmpty
    case .undefined, .none, .missing: return false
    case .jsonArray(let array): return !array.isEmpty
    case .jsonObject(let object): return !object.isEmpty
    default: return try isTrueRarely(&machine)
    }
  }

  @inline(never)
  private func isTrueRarely(_ machine: inout Machine) throws(Failure) -> Bool {
    switch self {
    case .int(let value): return value != 0
    case .float(let value): return value != 0
    case .list(let list), .tuple(let list): return !list.elements.isEmpty
    case .dict(let dict): return !dict.keys.isEmpty
    case .range(let range): return range.count > 0
    case .view(let view): return view.count > 0
    case .loop(let loop): return try loop.length(&machine) > 0
    default: return true
    }
  }

  /// `len(value)`; `nil` where Python raises.
  func count(_ machine: inout Machine) throws(Failure) -> Int? {
    switch self {
    case .undefined: return 0
    case .string(let text), .markup(let text): return text.codePointCount
    case .list(let list), .tuple(let list): return list.elements.count
    case .dict(let dict): return dict.keys.count
    case .jsonArray(let array): return array.count
    case .jsonObject(let object): return object.count
    case .range(let range): return range.count
    case .view(let view): return view.count
    case .loop(let loop): return try loop.length(&machine)
    default: return nil
    }
  }

  /// `len(value)`.
  func length(_ machine: inout Machine) throws(Failure) -> Int {
    guard let count = try count(&machine) else {
      throw Failure(.type, "object of type '\(typeName)' has no len()")
    }
    return count
  }

  /// Refuses what cannot be the key of a dict.
  func checkHashable() throws(Failure) {
    switch self {
    case .list, .jsonArray, .dict, .jsonObject: throw Failure(.type, "unhashable type: '\(typeName)'")
    case .view(let view) where view.part != .values: throw Failure(.type, "unhashable type: '\(typeName)'")
    case .tuple(let list):
      guard list.weight < 1 << 12 else {
        throw Failure(.limit, "the template uses a key of more than \(1 << 12) parts")
      }
      for element in list.elements { try element.checkHashable() }
    default: break
    }
  }

  func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(Double(value ? 1 : 0))
    case .int(let value): hasher.combine(Double(value))
    case .big(let value): hasher.combine(value.double)
    case .float(let value): hasher.combine(value)
    case .string(let text), .markup(let text):
      text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .tuple(let list): for element in list.elements { element.hash(into: &hasher) }
    default: hasher.combine(typeName)
    }
  }

  /// The value as an index: what has `__index__`.
  func index() throws(Failure) -> Int {
    switch self {
    case .int(let value): return value
    case .bool(let value): return value ? 1 : 0
    case .big: throw Failure(.overflow, "Python int too large to convert to C ssize_t")
    case .undefined(let undefined): throw undefined.failure
    default: throw Failure(.type, "'\(typeName)' object cannot be interpreted as an integer")
    }
  }
}
