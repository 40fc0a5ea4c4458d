/// Arrays, objects and what several schemas say about one value.
extension SchemaAcceptor {
  @inline(never)
  mutating func accepts(_ items: [JSONValue], _ checks: SchemaArrayChecks, _ marks: SchemaMarks?) -> Bool {
    guard items.count >= checks.minimum, items.count <= checks.maximum else { return false }
    let head = min(items.count, checks.first.count)
    for index in 0..<head {
      guard accepts(checks.first[index].node, items[index], nil) else { return false }
    }
    marks?.markItems(upTo: head)
    if let rest = checks.rest {
      for index in head..<items.count {
        guard accepts(rest.node, items[index], nil) else { return false }
      }
      marks?.markItems(upTo: items.count)
    }
    if let contained = checks.contains {
      let count = countContained(contained.node, items, checks, marks)
      guard count >= checks.minimumContained, count <= checks.maximumContained else { return false }
    }
    return !checks.isUnique || ExactValue.duplicates(in: items) == nil
  }

  /// How many items `contains` accepts; stops where enough is known and nobody asks for marks.
  @inline(never)
  mutating func countContained(
    _ node: SchemaNode, _ items: [JSONValue], _ checks: SchemaArrayChecks, _ marks: SchemaMarks?
  ) -> Int {
    var count = 0
    for (index, item) in items.enumerated() where accepts(node, item, nil) {
      count += 1
      if let marks {
        if checks.containsEvaluates { marks.markItem(index) }
      } else if count > checks.maximumContained || (checks.maximumContained == .max && count >= checks.minimumContained)
      {
        break
      }
    }
    return count
  }

  @inline(never)
  mutating func accepts(
    _ members: JSONObject, _ value: JSONValue, _ checks: SchemaObjectChecks, _ marks: SchemaMarks?
  ) -> Bool {
    guard members.count >= checks.minimum, members.count <= checks.maximum else { return false }
    guard members.count >= checks.required.count else { return false }
    var missing = checks.requiredMask
    var expected = 0
    for index in 0..<members.count {
      let member = members.members[index]
      let place = checks.names.position(of: member.key, near: expected)
      var isKnown = false
      if let place {
        expected = place + 1
        if place < 64 { missing &= ~(1 << UInt64(place)) }
        if let property = checks.properties[place] {
          isKnown = true
          guard accepts(property.node, member.value, nil) else { return false }
        }
      }
      for pattern in checks.patterns where matches(member.key, pattern.regex) {
        isKnown = true
        guard accepts(pattern.schema.node, member.value, nil) else { return false }
      }
      if !isKnown, let additional = checks.additional {
        isKnown = true
        guard accepts(additional.node, member.value, nil) else { return false }
      }
      if let names = checks.propertyNames, !accepts(names.node, .string(member.key), nil) { return false }
      if isKnown { marks?.markProperty(index) }
    }
    guard missing == 0 else { return false }
    for key in checks.requiredBeyondMask where members[key] == nil { return false }
    for (key, needed) in checks.dependentRequired where members[key] != nil {
      for other in needed where members[other] == nil { return false }
    }
    for (key, schema) in checks.dependentSchemas where members[key] != nil {
      guard accepts(schema.node, value, marks) else { return false }
    }
    return true
  }

  @inline(never)
  mutating func acceptsCombined(_ checks: SchemaCombinedChecks, _ value: JSONValue, _ marks: SchemaMarks?) -> Bool {
    if let reference = checks.reference, !accepts(reference.node, value, marks) { return false }
    if let reference = checks.dynamicReference, !accepts(target(of: reference), value, marks) { return false }
    for schema in checks.all {
      guard accepts(schema.node, value, marks) else { return false }
    }
    if !checks.any.isEmpty, countAccepting(checks.any, value, marks, enough: 1) == 0 { return false }
    if !checks.one.isEmpty, countAccepting(checks.one, value, marks, enough: 2) != 1 { return false }
    if let not = checks.not, accepts(not.node, value, nil) { return false }
    if let condition = checks.condition {
      let branch = acceptsAside(condition.node, value, marks) ? checks.then : checks.otherwise
      if let branch, !accepts(branch.node, value, marks) { return false }
    }
    return true
  }

  /// How many alternatives accept; asks all of them only where marks are wanted.
  @inline(never)
  private mutating func countAccepting(
    _ alternatives: [SchemaLink], _ value: JSONValue, _ marks: SchemaMarks?, enough: Int
  ) -> Int {
    var count = 0
    for alternative in alternatives where acceptsAside(alternative.node, value, marks) {
      count += 1
      if count >= enough, marks == nil { break }
    }
    return count
  }

  /// Asks a schema whose no is not the end: its marks count only with a yes.
  private mutating func acceptsAside(_ node: SchemaNode, _ value: JSONValue, _ marks: SchemaMarks?) -> Bool {
    guard let marks else { return accepts(node, value, nil) }
    let own = SchemaMarks()
    guard accepts(node, value, own) else { return false }
    marks.formUnion(own)
    return true
  }
}
