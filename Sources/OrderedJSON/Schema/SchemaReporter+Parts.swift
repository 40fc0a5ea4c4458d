/// Arrays, objects and what several schemas say about one value.
extension SchemaReporter {
  @inline(never)
  mutating func explain(_ items: [JSONValue], _ checks: SchemaArrayChecks, _ node: SchemaNode) {
    let found = items.count
    if found < checks.minimum {
      add(node, "minItems", "expected at least \(SchemaWording.counted(checks.minimum, "item")), found \(found)")
    }
    if found > checks.maximum {
      let isTuple = checks.first.count == checks.maximum
      add(
        node, "maxItems",
        "expected at most \(SchemaWording.counted(checks.maximum, "item")), found \(found)\(isTuple ? " (a tuple)" : "")"
      )
    }
    for (index, item) in items.enumerated() {
      guard violations.count < limit else { return }
      if index < checks.first.count {
        descend(.index(index), checks.first[index].node, item)
      } else if let rest = checks.rest {
        if rest.node.verdict == false {
          let count = SchemaWording.counted(checks.first.count, "item")
          add(node, checks.restKeyword, "expected at most \(count), found \(found)")
          break
        }
        descend(.index(index), rest.node, item)
      }
    }
    if let contained = checks.contains {
      let marks = SchemaMarks()
      let count = acceptor.countContained(contained.node, items, checks, marks)
      if count < checks.minimumContained {
        let words = SchemaWording.counted(checks.minimumContained, "item")
        let keyword = checks.minimumContained == 1 ? "contains" : "minContains"
        add(node, keyword, "expected at least \(words) that follow 'contains', found \(count)")
      } else if count > checks.maximumContained {
        let words = SchemaWording.counted(checks.maximumContained, "item")
        add(node, "maxContains", "expected at most \(words) that follow 'contains', found \(count)")
      }
    }
    if checks.isUnique, let (first, second) = ExactValue.duplicates(in: items) {
      add(node, "uniqueItems", "items have to differ, but those at \(first) and \(second) are equal")
    }
  }

  @inline(never)
  mutating func explain(
    _ members: JSONObject, _ value: JSONValue, _ checks: SchemaObjectChecks, _ node: SchemaNode
  ) {
    if members.count < checks.minimum {
      let words = SchemaWording.counted(checks.minimum, "property", "properties")
      add(node, "minProperties", "expected at least \(words), found \(members.count)")
    }
    if members.count > checks.maximum {
      let words = SchemaWording.counted(checks.maximum, "property", "properties")
      add(node, "maxProperties", "expected at most \(words), found \(members.count)")
    }
    let unknown = members.keys.filter { checks.names[$0] == nil }
    for key in checks.required where members[key] == nil {
      var message = "the required property '\(SchemaWording.clipped(key))' is missing"
      if let near = SchemaNearestName.nearest(to: key, among: unknown) { message += " (there is '\(near)')" }
      add(node, "required", message)
    }
    for member in members {
      guard violations.count < limit else { return }
      explain(member, of: members, checks, node)
    }
    for (key, needed) in checks.dependentRequired where members[key] != nil {
      for other in needed where members[other] == nil {
        let words = "the property '\(SchemaWording.clipped(other))' is missing, which '\(SchemaWording.clipped(key))'"
        add(node, "dependentRequired", words + " needs")
      }
    }
    for (key, schema) in checks.dependentSchemas where members[key] != nil { explain(schema.node, value) }
  }

  @inline(never)
  private mutating func explain(
    _ member: JSONObject.Member, of members: JSONObject, _ checks: SchemaObjectChecks, _ node: SchemaNode
  ) {
    var isKnown = false
    if let place = checks.names.position(of: member.key, near: 0), let property = checks.properties[place] {
      isKnown = true
      descend(.key(member.key), property.node, member.value)
    }
    for pattern in checks.patterns where acceptor.matches(member.key, pattern.regex) {
      isKnown = true
      descend(.key(member.key), pattern.schema.node, member.value)
    }
    if !isKnown, let additional = checks.additional {
      if additional.node.verdict == false {
        path.append(.key(member.key))
        add(node, "additionalProperties", unknownProperty(member.key, members, checks))
        path.removeLast()
      } else {
        descend(.key(member.key), additional.node, member.value)
      }
    }
    if let names = checks.propertyNames, !acceptor.accepts(names.node, .string(member.key), nil) {
      let reason = reasons(names.node, .string(member.key)).first?.message
      path.append(.key(member.key))
      add(node, "propertyNames", "the property has a bad name" + (reason.map { ": " + $0 } ?? ""))
      path.removeLast()
    }
  }

  /// Names an unknown property, with the known and unused one that was probably meant.
  private func unknownProperty(_ key: String, _ members: JSONObject, _ checks: SchemaObjectChecks) -> String {
    let free = checks.names.keys.filter { members[$0] == nil }
    let hint = SchemaNearestName.hint(for: key, among: free) ?? ""
    return "unknown property '\(SchemaWording.clipped(key))'\(hint)"
  }

  @inline(never)
  mutating func explainCombined(_ checks: SchemaCombinedChecks, _ value: JSONValue, _ node: SchemaNode) {
    if let reference = checks.reference { explain(reference.node, value) }
    if let reference = checks.dynamicReference { explain(acceptor.target(of: reference), value) }
    for schema in checks.all { explain(schema.node, value) }
    if !checks.any.isEmpty, !checks.any.contains(where: { acceptor.accepts($0.node, value, nil) }) {
      explainAlternatives("anyOf", checks.any, value, node)
    }
    if !checks.one.isEmpty {
      let accepting = checks.one.indices.filter { acceptor.accepts(checks.one[$0].node, value, nil) }
      if accepting.isEmpty {
        explainAlternatives("oneOf", checks.one, value, node)
      } else if accepting.count > 1 {
        let numbers = accepting.map { String($0 + 1) }.joined(separator: ", ")
        add(node, "oneOf", "expected exactly one of the alternatives to fit, but these fit: \(numbers)")
      }
    }
    if let not = checks.not, acceptor.accepts(not.node, value, nil) {
      add(node, "not", "\(SchemaWording.describe(value)) is what the schema rules out")
    }
    if let condition = checks.condition {
      let branch = acceptor.accepts(condition.node, value, nil) ? checks.then : checks.otherwise
      if let branch { explain(branch.node, value) }
    }
  }

  /// No alternative accepts: names the types where it is only about them, else what is wrong with the nearest one.
  @inline(never)
  private mutating func explainAlternatives(
    _ keyword: String, _ alternatives: [SchemaLink], _ value: JSONValue, _ node: SchemaNode
  ) {
    let found = SchemaWording.describe(value)
    var types: SchemaTypes = []
    var isAboutTypes = true
    var fitting: [SchemaNode] = []
    for alternative in alternatives {
      var branch = alternative.node
      while let alias = branch.alias { branch = alias.node }
      if branch.verdict == nil, !branch.types.allows(value) {
        types.formUnion(branch.types)
      } else {
        isAboutTypes = false
        if branch.verdict == nil { fitting.append(branch) }
      }
    }
    if isAboutTypes {
      add(node, keyword, "expected \(SchemaWording.list(types)), found \(found)")
      return
    }
    // One alternative has the right type: its faults are what the writer wants to hear.
    if fitting.count == 1 {
      explain(fitting[0], value)
      return
    }
    let nearest = fitting.prefix(32).map { reasons($0, value) }.filter { !$0.isEmpty }
      .min { Self.distance($0) < Self.distance($1) }
    var message = "\(found) fits none of the \(alternatives.count) alternatives"
    if let first = nearest?.first {
      let place = first.instancePath.isEmpty ? "" : " at \(first.instancePath)"
      message += "; the nearest fails\(place): \(first.message)"
    }
    add(node, keyword, message)
  }

  /// A wrong constant tells that another alternative was meant; otherwise the fewest faults are nearest.
  private static func distance(_ violations: [SchemaViolation]) -> Int {
    violations.count + (violations.contains { $0.keyword == "const" || $0.keyword == "enum" } ? 100 : 0)
  }

  /// What is wrong with a value, aside: nothing is added. Paths are relative to the value.
  @inline(never)
  private mutating func reasons(_ node: SchemaNode, _ value: JSONValue) -> [SchemaViolation] {
    var aside = SchemaReporter(program: acceptor.program, limit: 8)
    swap(&aside.acceptor, &acceptor)
    aside.explain(node, value)
    swap(&aside.acceptor, &acceptor)
    return aside.violations
  }

  @inline(never)
  mutating func explainUnevaluated(_ node: SchemaNode, _ value: JSONValue) {
    let marks = acceptor.marks(of: node, value)
    switch value {
    case .array(let items):
      guard let rest = node.unevaluatedItems else { return }
      for (index, item) in items.enumerated() where !marks.items.contains(index) {
        guard rest.node.verdict == false else {
          descend(.index(index), rest.node, item)
          continue
        }
        path.append(.index(index))
        add(node, "unevaluatedItems", "no part of the schema allows an item here")
        path.removeLast()
      }
    case .object(let members):
      guard let rest = node.unevaluatedProperties else { return }
      for (index, member) in members.enumerated() where !marks.properties.contains(index) {
        guard rest.node.verdict == false else {
          descend(.key(member.key), rest.node, member.value)
          continue
        }
        path.append(.key(member.key))
        add(node, "unevaluatedProperties", "unknown property '\(SchemaWording.clipped(member.key))'")
        path.removeLast()
      }
    default: break
    }
  }

  private mutating func descend(_ step: Step, _ node: SchemaNode, _ value: JSONValue) {
    path.append(step)
    explain(node, value)
    path.removeLast()
  }
}
