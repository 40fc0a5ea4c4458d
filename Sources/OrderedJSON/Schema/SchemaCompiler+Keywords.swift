/// What each keyword compiles to.
extension SchemaCompiler {
  func compileAssertions(
    _ members: JSONObject, _ location: SchemaLocation, _ node: SchemaNode
  ) throws(JSONSchemaError) {
    let rules = location.resource.rules
    if let type = members["type"] {
      var names = [type]
      if case .array(let elements) = type { names = elements }
      node.types = []
      for name in names {
        guard let text = name.stringValue, let found = SchemaTypes.names.first(where: { $0.name == text }) else {
          let hint = name.stringValue.flatMap { SchemaNearestName.hint(for: $0, among: SchemaTypes.names.map(\.name)) }
          throw malformed("type", location, "\(SchemaWording.describe(name)) is no type\(hint ?? "")")
        }
        node.types.insert(found.type)
      }
      if rules.isNullable, members["nullable"] == .bool(true) { node.types.insert(.null) }
    }
    let values = SchemaValueChecks()
    if let value = members["enum"] {
      guard let allowed = value.arrayValue else {
        throw malformed("enum", location, "'enum' has to be an array, not \(SchemaWording.describe(value))")
      }
      values.allowed = allowed
      if allowed.count > 8 { values.lookup = Set(allowed.map { ExactValue(value: $0) }) }
      node.values = values
    }
    if let value = members["const"] {
      if node.values == nil {
        values.keyword = "const"
        values.allowed = [value]
        node.values = values
      } else {
        values.constant = value
      }
    }
    try compileNumbers(members, location, node)
  }

  private func compileNumbers(
    _ members: JSONObject, _ location: SchemaLocation, _ node: SchemaNode
  ) throws(JSONSchemaError) {
    let checks = SchemaNumberChecks()
    checks.minimum = try number("minimum", in: members, location)
    checks.maximum = try number("maximum", in: members, location)
    if location.resource.rules.exclusiveIsBoolean {
      if members["exclusiveMinimum"] == .bool(true) { swap(&checks.minimum, &checks.exclusiveMinimum) }
      if members["exclusiveMaximum"] == .bool(true) { swap(&checks.maximum, &checks.exclusiveMaximum) }
    } else {
      checks.exclusiveMinimum = try number("exclusiveMinimum", in: members, location)
      checks.exclusiveMaximum = try number("exclusiveMaximum", in: members, location)
    }
    if let divisor = try number("multipleOf", in: members, location) {
      guard let exact = ExactDivisor(divisor) else {
        throw malformed("multipleOf", location, "'multipleOf' has to be greater than 0")
      }
      checks.multipleOf = exact
      checks.divisor = divisor
    }
    let isEmpty =
      checks.minimum == nil && checks.maximum == nil && checks.exclusiveMinimum == nil
      && checks.exclusiveMaximum == nil && checks.divisor == nil
    if !isEmpty { node.numbers = checks }
  }

  func compileStrings(
    _ members: JSONObject, _ location: SchemaLocation, _ node: SchemaNode, assertsFormats: Bool
  ) throws(JSONSchemaError) {
    let checks = SchemaStringChecks()
    if location.resource.rules.validates {
      checks.minimum = try count("minLength", in: members, location) ?? 0
      checks.maximum = try count("maxLength", in: members, location) ?? .max
      if let pattern = try string("pattern", in: members, location) {
        checks.pattern = try regex(pattern, at: location.name + "/pattern")
      }
    }
    if assertsFormats, let name = members["format"]?.stringValue { checks.format = SchemaFormat(rawValue: name) }
    if checks.minimum > 0 || checks.maximum < .max || checks.pattern != nil || checks.format != nil {
      node.strings = checks
    }
  }

  private func regex(_ pattern: String, at path: String) throws(JSONSchemaError) -> ECMARegex {
    do {
      return try ECMARegex(pattern)
    } catch {
      throw .invalidPattern(path: path, pattern: pattern, reason: "\(error.reason) (at character \(error.offset))")
    }
  }

  mutating func compileArrays(
    _ members: JSONObject, _ location: SchemaLocation, _ node: SchemaNode
  ) throws(JSONSchemaError) {
    let rules = location.resource.rules
    let checks = SchemaArrayChecks()
    if rules.validates {
      checks.minimum = try count("minItems", in: members, location) ?? 0
      checks.maximum = try count("maxItems", in: members, location) ?? .max
      checks.isUnique = members["uniqueItems"] == .bool(true)
    }
    if rules.appliesSubschemas {
      if rules.hasPrefixItems { checks.first = try schemas("prefixItems", in: members, location) }
      if rules.itemsCanBeArray, case .array(let elements)? = members["items"] {
        if !elements.isEmpty { checks.first = try schemas("items", in: members, location) }
        checks.rest = try schema("additionalItems", in: members, location)
        checks.restKeyword = "additionalItems"
      } else if case .array? = members["items"] {
        throw malformed("items", location, "'items' has to be a schema; what was an array is called 'prefixItems' now")
      } else {
        checks.rest = try schema("items", in: members, location)
      }
      checks.contains = try schema("contains", in: members, location)
      checks.containsEvaluates = rules.containsEvaluates
      if rules.isModern, rules.validates {
        checks.minimumContained = try count("minContains", in: members, location) ?? 1
        checks.maximumContained = try count("maxContains", in: members, location) ?? .max
      }
    }
    let isEmpty =
      checks.minimum == 0 && checks.maximum == .max && !checks.isUnique && checks.first.isEmpty
      && checks.rest == nil && checks.contains == nil
    if !isEmpty { node.arrays = checks }
  }

  mutating func compileObjects(
    _ members: JSONObject, _ location: SchemaLocation, _ node: SchemaNode
  ) throws(JSONSchemaError) {
    let rules = location.resource.rules
    let checks = SchemaObjectChecks()
    if rules.validates {
      checks.minimum = try count("minProperties", in: members, location) ?? 0
      checks.maximum = try count("maxProperties", in: members, location) ?? .max
      // Draft 3 and sloppy OpenAPI documents write `"required": true` beside a property; it says nothing here.
      if let required = members["required"], required.boolValue == nil {
        checks.require(try strings(required, "required", location))
      }
      if rules.isModern, let needs = try map("dependentRequired", in: members, location) {
        for (key, value) in needs.members {
          checks.dependentRequired.append((key, try strings(value, "dependentRequired", location)))
        }
      }
    }
    if rules.appliesSubschemas { try compileMembers(members, location, checks) }
    if !checks.isEmpty { node.objects = checks }
  }

  private mutating func compileMembers(
    _ members: JSONObject, _ location: SchemaLocation, _ checks: SchemaObjectChecks
  ) throws(JSONSchemaError) {
    if let properties = try map("properties", in: members, location) {
      for (key, value) in properties.members {
        checks.setProperty(key, try link(properties.location.child(key, value)))
      }
    }
    if let patterns = try map("patternProperties", in: members, location) {
      for (pattern, value) in patterns.members {
        let place = patterns.location.child(pattern, value)
        checks.patterns.append((try regex(pattern, at: place.name), try link(place)))
      }
    }
    checks.additional = try schema("additionalProperties", in: members, location)
    checks.propertyNames = try schema("propertyNames", in: members, location)
    if location.resource.rules.isModern, let needs = try map("dependentSchemas", in: members, location) {
      for (key, value) in needs.members {
        checks.dependentSchemas.append((key, try link(needs.location.child(key, value))))
      }
    }
    // Still read in new drafts, as the specification allows: old schemas live long.
    if let needs = try map("dependencies", in: members, location) {
      for (key, value) in needs.members {
        if case .array = value {
          checks.dependentRequired.append((key, try strings(value, "dependencies", location)))
        } else {
          checks.dependentSchemas.append((key, try link(needs.location.child(key, value))))
        }
      }
    }
  }

  mutating func compileCombinations(
    _ members: JSONObject, _ location: SchemaLocation, _ checks: SchemaCombinedChecks
  ) throws(JSONSchemaError) {
    checks.all += try schemas("allOf", in: members, location)
    checks.any = try schemas("anyOf", in: members, location)
    checks.one = try schemas("oneOf", in: members, location)
    checks.not = try schema("not", in: members, location)
    guard location.resource.rules.hasConditions, let condition = try schema("if", in: members, location) else {
      return
    }
    checks.condition = condition
    checks.then = try schema("then", in: members, location)
    checks.otherwise = try schema("else", in: members, location)
  }
}

extension SchemaObjectChecks {
  var isEmpty: Bool {
    minimum == 0 && maximum == .max && names.isEmpty && requiredBeyondMask.isEmpty && patterns.isEmpty
      && additional == nil && propertyNames == nil && dependentRequired.isEmpty && dependentSchemas.isEmpty
  }

  /// Required keys come first among the names, so that their bits fit into one word.
  func require(_ keys: [String]) {
    required = keys
    for key in keys {
      if names.count < 64 {
        requiredMask |= 1 << UInt64(names.count)
        names[key] = .null
        properties.append(nil)
      } else {
        requiredBeyondMask.append(key)
      }
    }
  }

  func setProperty(_ key: String, _ schema: SchemaLink) {
    if let place = names.position(of: key, near: 0) {
      properties[place] = schema
    } else {
      names[key] = .null
      properties.append(schema)
    }
  }
}

extension SchemaCombinedChecks {
  var isEmpty: Bool { reference == nil && dynamicReference == nil && hasOnlyReference }

  /// Whether there is nothing besides the reference.
  var hasOnlyReference: Bool {
    all.isEmpty && any.isEmpty && one.isEmpty && not == nil && condition == nil
  }
}

extension SchemaNode {
  /// Whether the schema is a `$ref` and nothing else.
  var isOnlyReference: Bool {
    guard let combined, combined.reference != nil, combined.dynamicReference == nil else { return false }
    return combined.hasOnlyReference && types == .any && values == nil && numbers == nil && strings == nil
      && arrays == nil && objects == nil && !tracksEvaluated
  }
}
