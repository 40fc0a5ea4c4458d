import OrderedJSON

/// Equality of JSON values as JSON has it: `1` is `1.0`, key order does not count.
enum ValueEquality {
  static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): return left == right
    case (.bigInteger(let left), .bigInteger(let right)): return left == right
    case (.integer, .double), (.double, .integer), (.double, .double), (.bigInteger, .double), (.double, .bigInteger):
      return left.doubleValue == right.doubleValue
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy(areEqual)
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.allSatisfy { member in right[member.key].map { areEqual(member.value, $0) } ?? false }
    default: return left == right
    }
  }
}
