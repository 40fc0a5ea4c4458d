/// The filters that compare elements.
enum OrderFilters {
  static func sort(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(
      arguments, to: ["reverse", "case_sensitive", "attribute"], of: "do_sort")
    let isExact = try bound.isTrue(1, &machine)
    let paths = try AttributePath.several(bound.value(2, .none), &machine)
    let elements = try value.elements(&machine)
    var keys: ContiguousArray<Value> = []
    keys.reserveCapacity(elements.count)
    for element in elements {
      var parts: ContiguousArray<Value> = []
      for path in paths {
        let part = try path.value(of: element, &machine)
        parts.append(isExact ? part : part.ignoringCase)
      }
      keys.append(try .list(parts))
    }
    return try .list(Sorting.sorted(elements, by: keys, isReversed: try bound.isTrue(0, &machine), &machine))
  }

  static func sortedItems(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["case_sensitive", "by", "reverse"], of: "do_dictsort")
    let by = bound.value(1, .string("key")).text
    guard by == "key" || by == "value" else {
      throw Failure(.filterArgument, "You can only sort by either \"key\" or \"value\"")
    }
    if case .undefined(let undefined) = value { throw undefined.failure }
    guard value.isMapping else { throw Failure(.attribute, "'\(value.typeName)' object has no attribute 'items'") }
    let isExact = try bound.isTrue(0, &machine)
    let keys = DictView(by == "key" ? .keys : .values, of: value).elements
    return try .list(
      Sorting.sorted(
        DictView(.items, of: value).elements, by: isExact ? keys : ContiguousArray(keys.map(\.ignoringCase)),
        isReversed: try bound.isTrue(2, &machine), &machine))
  }

  static func grouped(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(
      arguments, to: ["attribute", "default", "case_sensitive"], required: 1, of: "do_groupby")
    let isExact = try bound.isTrue(2, &machine)
    let path = try AttributePath(bound.value(0, .none), fallback: bound.some(1), &machine)
    var pairs: ContiguousArray<Value> = []
    var keys: ContiguousArray<Value> = []
    for element in try value.elements(&machine) {
      let key = try path.value(of: element, &machine)
      try machine.step(key.weight)
      keys.append(isExact ? key : key.ignoringCase)
      pairs.append(try .tuple([key, element, isExact ? key : key.ignoringCase]))
    }
    var groups: ContiguousArray<Value> = []
    var group: ContiguousArray<Value> = []
    var groupKey: (shown: Value, compared: Value)?
    func flush() throws(Failure) {
      guard let groupKey else { return }
      groups.append(.tuple(try ValueList([groupKey.shown, try .list(group)], isGroup: true)))
    }
    for pair in try Sorting.sorted(pairs, by: keys, isReversed: false, &machine) {
      guard case .tuple(let parts) = pair else { continue }
      if groupKey.map({ $0.compared.equals(parts.elements[2]) }) != true {
        try flush()
        group = []
        groupKey = (parts.elements[0], parts.elements[2])
      }
      group.append(parts.elements[1])
    }
    try flush()
    return try .list(groups)
  }

  static func unique(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["case_sensitive", "attribute"], of: "do_unique")
    let isExact = try bound.isTrue(0, &machine)
    let path = try AttributePath(bound.value(1, .none), &machine)
    var cursor: Cursor?
    var seen: Set<DictKey> = []
    return .iterator(
      try IteratorValue(
        of: value,
        stepwise: { (machine) throws(Failure) in
          if cursor == nil { cursor = try value.cursor(&machine) }
          while let element = try cursor?.next(&machine) {
            let key = try path.value(of: element, &machine)
            try key.checkHashable()
            if seen.insert(DictKey(value: isExact ? key : key.ignoringCase)).inserted { return element }
          }
          return nil
        }))
  }

  static func minimum(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    try extreme(value, arguments, "min", .before, &machine)
  }

  static func maximum(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    try extreme(value, arguments, "max", .after, &machine)
  }

  private static func extreme(
    _ value: Value, _ arguments: Arguments, _ name: String, _ wanted: Order, _ machine: inout Machine
  ) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["case_sensitive", "attribute"], of: "do_\(name)")
    let isExact = try bound.isTrue(0, &machine)
    let path = try AttributePath(bound.value(1, .none), &machine)
    var best: (element: Value, key: Value)?
    for element in try value.elements(&machine) {
      var key = try path.value(of: element, &machine)
      if !isExact { key = key.ignoringCase }
      try machine.step(key.weight)
      if let current = best, try key.order(to: current.key, wanted == .before ? "<" : ">") != wanted { continue }
      best = (element, key)
    }
    return best?.element ?? .undefined(UndefinedValue(hint: "No aggregated item, sequence was empty."))
  }
}

/// A stable sort that may fail: not everything can be compared.
enum Sorting {
  static func sorted(
    _ elements: ContiguousArray<Value>, by keys: ContiguousArray<Value>, isReversed: Bool, _ machine: inout Machine
  ) throws(Failure) -> ContiguousArray<Value> {
    let count = elements.count
    // Elements that are equal keep their order also where it is turned round, so it is turned round twice.
    var order = isReversed ? Array((0..<count).reversed()) : Array(0..<count)
    var other = order
    var width = 1
    while width < count {
      var start = 0
      while start < count {
        let middle = min(start + width, count)
        let end = min(start + 2 * width, count)
        var (left, right) = (start, middle)
        for place in start..<end {
          var takesRight = left >= middle
          if !takesRight, right < end {
            try machine.step(1 &+ min(keys[order[right]].weight, keys[order[left]].weight))
            takesRight = try keys[order[right]].order(to: keys[order[left]]) == .before
          }
          if takesRight {
            other[place] = order[right]
            right += 1
          } else {
            other[place] = order[left]
            left += 1
          }
        }
        start = end
      }
      swap(&order, &other)
      width *= 2
    }
    if isReversed { order.reverse() }
    return ContiguousArray(order.map { elements[$0] })
  }
}
