import OrderedJSON

/// Equality and order, as Python has them.
extension Value {
  /// `self == other`.
  func equals(_ other: Value) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)), (.string(let left), .markup(let right)),
      (.markup(let left), .string(let right)), (.markup(let left), .markup(let right)):
      return left.hasSameBytes(as: right)
    case (.int(let left), .int(let right)): return left == right
    case (.none, .none), (.undefined, .undefined): return true
    case (.list, .list), (.list, .jsonArray), (.jsonArray, .list), (.jsonArray, .jsonArray), (.tuple, .tuple):
      return Self.haveEqualElements(self, other)
    case (.dict, .dict), (.dict, .jsonObject), (.jsonObject, .dict), (.jsonObject, .jsonObject):
      return Self.areEqualMappings(self, other)
    case (.range(let left), .range(let right)):
      return left.count == right.count
        && (left.count == 0 || (left.start == right.start && (left.count == 1 || left.step == right.step)))
    default:
      if let order = numericOrder(to: other) { return order == .same }
      return isSame(as: other)
    }
  }

  private static func haveEqualElements(_ left: Value, _ right: Value) -> Bool {
    guard let left = left.sequence, let right = right.sequence, left.count == right.count else { return false }
    for position in 0..<left.count where !left[position].equals(right[position]) { return false }
    return true
  }

  private static func areEqualMappings(_ left: Value, _ right: Value) -> Bool {
    let items = DictView(.items, of: left)
    guard items.count == DictView(.items, of: right).count else { return false }
    let keys = DictView(.keys, of: left)
    let values = DictView(.values, of: left)
    for position in 0..<keys.count {
      guard let other = right.member(keys[position]), values[position].equals(other) else { return false }
    }
    return true
  }

  /// The member of a dict under a key; `nil` also for a key that cannot be one.
  func member(_ key: Value) -> Value? {
    switch self {
    case .jsonObject(let object): return key.text.flatMap { object[$0] }.map { Value($0) }
    case .dict(let dict): return (try? dict.value(of: key)).flatMap { $0 }
    default: return nil
    }
  }

  /// `self is other`.
  func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none): return true
    case (.bool(let left), .bool(let right)): return left == right
    // Python keeps one object of each small integer, and of equal strings mostly.
    case (.int(let left), .int(let right)): return left == right
    case (.string(let left), .string(let right)): return left.hasSameBytes(as: right)
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)): return left === right
    case (.dict(let left), .dict(let right)): return left === right
    case (.jsonArray(let left), .jsonArray(let right)):
      return left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { $0.baseAddress == left.baseAddress }
      }
        && left.count == right.count
    case (.jsonObject(let left), .jsonObject(let right)): return left == right
    case (.undefined(let left), .undefined(let right)): return left === right
    case (.range(let left), .range(let right)): return left === right
    case (.iterator(let left), .iterator(let right)): return left === right
    case (.view(let left), .view(let right)): return left === right
    case (.namespace(let left), .namespace(let right)): return left === right
    case (.macro(let left), .macro(let right)): return left === right
    case (.loop(let left), .loop(let right)): return left === right
    case (.method(let left), .method(let right)): return left === right
    case (.object(let left), .object(let right)): return left === right
    default: return false
    }
  }
}

/// How two values stand in order. `neither` is what a NaN gives.
enum Order {
  case before, same, after, neither
}

extension Value {
  /// The value as a number, where it is one.
  private var number: Number? {
    switch self {
    case .int(let value): .int(value)
    case .bool(let value): .int(value ? 1 : 0)
    case .float(let value): .float(value)
    case .big(let value): .big(value)
    default: nil
    }
  }

  /// How two numbers stand; `nil` where one of them is none.
  func numericOrder(to other: Value) -> Order? {
    guard let left = number, let right = other.number else { return nil }
    switch (left, right) {
    case (.int(let left), .int(let right)): return left < right ? .before : left == right ? .same : .after
    case (.float(let left), .float(let right)):
      return left < right ? .before : left == right ? .same : left > right ? .after : .neither
    default:
      if case .float(let double) = left { return Self.order(double, right) }
      if case .float(let double) = right { return Self.order(double, left).reversed }
      let left = left.big
      let right = right.big
      return left < right ? .before : left == right ? .same : .after
    }
  }

  private static func order(_ double: Double, _ number: Number) -> Order {
    if double.isNaN { return .neither }
    if double.isInfinite { return double < 0 ? .before : .after }
    guard let whole = BigInt(double) else { return .neither }
    let other = number.big
    if whole != other { return whole < other ? .before : .after }
    let part = double - double.rounded(.towardZero)
    return part < 0 ? .before : part > 0 ? .after : .same
  }

  /// How two values stand, for `<`, `>` and sorting.
  func order(to other: Value, _ sign: String = "<") throws(Failure) -> Order {
    if let order = numericOrder(to: other) { return order }
    if let left = text, let right = other.text {
      return left.hasSameBytes(as: right) ? .same : left.sortsBefore(right) ? .before : .after
    }
    switch (self, other) {
    case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw undefined.failure
    case (.list, .list), (.list, .jsonArray), (.jsonArray, .list), (.jsonArray, .jsonArray), (.tuple, .tuple):
      guard let left = sequence, let right = other.sequence else { break }
      for position in 0..<min(left.count, right.count) where !left[position].equals(right[position]) {
        return try left[position].order(to: right[position], sign)
      }
      return left.count < right.count ? .before : left.count == right.count ? .same : .after
    default: break
    }
    throw Failure(
      .type, "'\(sign)' not supported between instances of '\(typeName)' and '\(other.typeName)'")
  }
}

extension Order {
  var reversed: Order {
    switch self {
    case .before: .after
    case .after: .before
    case .same, .neither: self
    }
  }
}

private enum Number {
  case int(Int)
  case big(BigInt)
  case float(Double)

  var big: BigInt {
    switch self {
    case .int(let value): BigInt(value)
    case .big(let value): value
    case .float: BigInt(0)
    }
  }
}
