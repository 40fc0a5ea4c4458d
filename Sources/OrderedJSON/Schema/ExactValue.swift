/// A JSON value that is compared as JSON Schema says: numbers by value (`1` is `1.0`), strings by their code points,
/// objects without regard to order.
struct ExactValue: Hashable {
  let value: JSONValue

  static func == (left: ExactValue, right: ExactValue) -> Bool { areEqual(left.value, right.value) }

  /// Compares without recursion, so that no depth of nesting can overflow the stack.
  static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    var waiting: [(JSONValue, JSONValue)] = []
    var pair = (left, right)
    while true {
      switch pair {
      case (.null, .null): break
      case (.bool(let left), .bool(let right)): if left != right { return false }
      case (.string(let left), .string(let right)): if !left.hasSameBytes(as: right) { return false }
      case (.array(let left), .array(let right)):
        guard left.count == right.count else { return false }
        for index in left.indices { waiting.append((left[index], right[index])) }
      case (.object(let left), .object(let right)):
        guard left.count == right.count else { return false }
        for (index, member) in left.enumerated() {
          guard let place = right.position(of: member.key, near: index) else { return false }
          waiting.append((member.value, right[place].value))
        }
      default: guard ExactNumber.order(pair.0, pair.1) == 0 else { return false }
      }
      guard let next = waiting.popLast() else { return true }
      pair = next
    }
  }

  func hash(into hasher: inout Hasher) { Self.hash(value, into: &hasher, depth: 0) }

  /// What lies deeper than a few levels is left out: equal values still have equal hashes.
  private static func hash(_ value: JSONValue, into hasher: inout Hasher, depth: Int) {
    switch value {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value ? 1 : 2)
    case .string(let text): text.hashBytes(into: &hasher)
    case .integer(let number): hasher.combine(number)
    case .double(let number):
      if let whole = Int(exactly: number) { hasher.combine(whole) } else { hasher.combine(number) }
    // A double that equals it hashes in the same way.
    case .bigInteger: hasher.combine(value.doubleValue ?? 0)
    case .array(let elements):
      hasher.combine(elements.count)
      if depth < 16 { for element in elements { hash(element, into: &hasher, depth: depth + 1) } }
    case .object(let members):
      var sum = members.count
      if depth < 16 {
        for member in members {
          var inner = Hasher()
          member.key.hashBytes(into: &inner)
          hash(member.value, into: &inner, depth: depth + 1)
          sum &+= inner.finalize()
        }
      }
      hasher.combine(sum)
    }
  }

  /// The places of two equal elements, or `nil` where all differ.
  static func duplicates(in elements: [JSONValue]) -> (Int, Int)? {
    if elements.count <= 8 {
      for index in elements.indices.dropFirst() {
        for earlier in 0..<index where areEqual(elements[earlier], elements[index]) { return (earlier, index) }
      }
      return nil
    }
    var seen: [ExactValue: Int] = [:]
    seen.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      if let earlier = seen.updateValue(index, forKey: ExactValue(value: element)) { return (earlier, index) }
    }
    return nil
  }
}
