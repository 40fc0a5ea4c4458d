/// Turns a schema and all that it refers to into a program.
///
/// Works through a list instead of recursing, so that neither nesting nor chains of references can overflow the stack.
struct SchemaCompiler {
  private var registry: SchemaRegistry
  private let assertsFormats: Bool
  private var nodes: [SchemaNode] = []
  private var known: [String: SchemaLink] = [:]
  private var waiting: [(node: SchemaNode, location: SchemaLocation)] = []
  private var dynamicReferences: [SchemaDynamicReference] = []
  private var resources: [Int: SchemaResource] = [:]

  static func program(
    for schema: JSONValue, dialect: SchemaDialect, resources: [String: JSONValue], assertsFormats: Bool
  ) throws(JSONSchemaError) -> SchemaProgram {
    var compiler = SchemaCompiler(registry: SchemaRegistry(given: resources), assertsFormats: assertsFormats)
    let resource = try compiler.registry.addRoot(schema, dialect: dialect)
    let root = try compiler.link(SchemaLocation(resource: resource, pointer: "", value: schema))
    try compiler.work()
    try compiler.linkDynamicReferences()
    let isDynamic = !compiler.dynamicReferences.isEmpty
    if !isDynamic { compiler.shortenReferences() }
    try SchemaCycles.check(compiler.nodes)
    return SchemaProgram(nodes: compiler.nodes, root: root, isDynamic: isDynamic)
  }

  private init(registry: SchemaRegistry, assertsFormats: Bool) {
    self.registry = registry
    self.assertsFormats = assertsFormats
  }

  private mutating func work() throws(JSONSchemaError) {
    while let (node, location) = waiting.popLast() { try compile(node, location) }
  }

  /// The node for a place; made on the first call and filled later.
  mutating func link(_ location: SchemaLocation) throws(JSONSchemaError) -> SchemaLink {
    let key = "\(location.resource.index)#\(location.pointer)"
    if let link = known[key] { return link }
    guard nodes.count < JSONSchema.maximumParts else { throw .tooLarge }
    let node = SchemaNode(resource: location.resource.index, path: location.name)
    let link = SchemaLink(node: node)
    nodes.append(node)
    known[key] = link
    waiting.append((node, location))
    resources[location.resource.index] = location.resource
    return link
  }

  private mutating func compile(_ node: SchemaNode, _ location: SchemaLocation) throws(JSONSchemaError) {
    let members: JSONObject
    switch location.value {
    case .bool(let verdict):
      node.verdict = verdict
      return
    case .object(let object): members = object
    default:
      throw .malformed(
        path: location.name, reason: "a schema is an object or a boolean, not \(SchemaWording.describe(location.value))"
      )
    }
    let rules = location.resource.rules
    let combined = SchemaCombinedChecks()
    if let reference = try string("$ref", in: members, location) {
      combined.reference = try link(registry.resolve(reference, from: location).location)
      node.combined = combined
      if !rules.refHasSiblings { return }
    }
    try compileDynamicReference(members, location, combined)
    if rules.validates { try compileAssertions(members, location, node) }
    try compileStrings(members, location, node, assertsFormats: assertsFormats || rules.assertsFormats)
    try compileArrays(members, location, node)
    try compileObjects(members, location, node)
    if rules.appliesSubschemas { try compileCombinations(members, location, combined) }
    if !combined.isEmpty { node.combined = combined }
    if rules.checksUnevaluated {
      node.unevaluatedItems = try schema("unevaluatedItems", in: members, location)
      node.unevaluatedProperties = try schema("unevaluatedProperties", in: members, location)
    }
  }

  private mutating func compileDynamicReference(
    _ members: JSONObject, _ location: SchemaLocation, _ combined: SchemaCombinedChecks
  ) throws(JSONSchemaError) {
    let target: (location: SchemaLocation, dynamicAnchor: String?)
    switch location.resource.rules.dynamicReferences {
    case .none: return
    case .dynamic:
      guard let reference = try string("$dynamicRef", in: members, location) else { return }
      target = try registry.resolve(reference, from: location)
    case .recursive:
      guard let reference = try string("$recursiveRef", in: members, location) else { return }
      target = try registry.resolve(reference, from: location)
      if target.location.resource.dynamicAnchors[""] != nil, target.location.pointer.isEmpty {
        return addDynamicReference("", try link(target.location), combined)
      }
    }
    let fallback = try link(target.location)
    // Without a dynamic anchor it is a plain reference, and may stand beside a `$ref`.
    addDynamicReference(target.dynamicAnchor, fallback, combined)
  }

  private mutating func addDynamicReference(
    _ anchor: String?, _ fallback: SchemaLink, _ combined: SchemaCombinedChecks
  ) {
    guard let anchor else {
      if combined.reference == nil { combined.reference = fallback } else { combined.all.append(fallback) }
      return
    }
    let reference = SchemaDynamicReference(anchor: anchor, fallback: fallback)
    combined.dynamicReference = reference
    dynamicReferences.append(reference)
  }

  /// Finds the anchor of each dynamic reference in all resources that can be under way, which may bring in more.
  private mutating func linkDynamicReferences() throws(JSONSchemaError) {
    var done = -1
    while done != resources.count + dynamicReferences.count {
      done = resources.count + dynamicReferences.count
      for reference in dynamicReferences {
        for (index, resource) in resources.sorted(by: { $0.key < $1.key })
        where reference.targets[index] == nil {
          let root = SchemaLocation(resource: resource, pointer: "", value: resource.value)
          guard let pointer = resource.dynamicAnchors[reference.anchor],
            let location = SchemaRegistry.follow(pointer, from: root)
          else { continue }
          reference.targets[index] = try link(location)
        }
      }
      try work()
    }
  }

  /// Marks the schemas that are nothing but a `$ref`: validation then goes straight on to the target.
  private func shortenReferences() {
    for node in nodes where node.isOnlyReference { node.alias = node.combined?.reference }
  }
}

// Reading the values of keywords.
extension SchemaCompiler {
  func malformed(_ keyword: String, _ location: SchemaLocation, _ reason: String) -> JSONSchemaError {
    .malformed(path: location.name + "/" + SchemaPointer.escaped(keyword), reason: reason)
  }

  func string(
    _ keyword: String, in members: JSONObject, _ location: SchemaLocation
  ) throws(JSONSchemaError) -> String? {
    guard let value = members[keyword] else { return nil }
    guard case .string(let text) = value else {
      throw malformed(keyword, location, "'\(keyword)' has to be a string, not \(SchemaWording.describe(value))")
    }
    return text
  }

  func count(_ keyword: String, in members: JSONObject, _ location: SchemaLocation) throws(JSONSchemaError) -> Int? {
    guard let value = members[keyword] else { return nil }
    guard let count = ExactNumber.count(value) else {
      throw malformed(
        keyword, location, "'\(keyword)' has to be an integer not below 0, not \(SchemaWording.describe(value))")
    }
    return count
  }

  func number(
    _ keyword: String, in members: JSONObject, _ location: SchemaLocation
  ) throws(JSONSchemaError) -> JSONValue? {
    guard let value = members[keyword] else { return nil }
    guard ExactNumber.order(value, .integer(0)) != nil else {
      throw malformed(keyword, location, "'\(keyword)' has to be a number, not \(SchemaWording.describe(value))")
    }
    return value
  }

  func strings(_ value: JSONValue, _ keyword: String, _ location: SchemaLocation) throws(JSONSchemaError) -> [String] {
    guard let elements = value.arrayValue else {
      throw malformed(
        keyword, location, "'\(keyword)' has to be an array of strings, not \(SchemaWording.describe(value))")
    }
    var result: [String] = []
    for element in elements {
      guard let text = element.stringValue else {
        throw malformed(
          keyword, location, "'\(keyword)' has to be an array of strings, but holds \(SchemaWording.describe(element))")
      }
      if !result.contains(where: { $0.hasSameBytes(as: text) }) { result.append(text) }
    }
    return result
  }

  mutating func schema(
    _ keyword: String, in members: JSONObject, _ location: SchemaLocation
  ) throws(JSONSchemaError) -> SchemaLink? {
    guard let value = members[keyword] else { return nil }
    return try link(location.child(keyword, value))
  }

  mutating func schemas(
    _ keyword: String, in members: JSONObject, _ location: SchemaLocation
  ) throws(JSONSchemaError) -> [SchemaLink] {
    guard let value = members[keyword] else { return [] }
    guard let elements = value.arrayValue, !elements.isEmpty else {
      throw malformed(
        keyword, location,
        "'\(keyword)' has to be an array of at least one schema, not \(SchemaWording.describe(value))")
    }
    let parent = location.child(keyword, value)
    var links: [SchemaLink] = []
    for (index, element) in elements.enumerated() { links.append(try link(parent.child(String(index), element))) }
    return links
  }

  /// The members of a keyword that holds an object of schemas (or, for `dependencies`, of schemas and names).
  func map(
    _ keyword: String, in members: JSONObject, _ location: SchemaLocation
  ) throws(JSONSchemaError) -> (location: SchemaLocation, members: JSONObject)? {
    guard let value = members[keyword] else { return nil }
    guard let object = value.objectValue else {
      throw malformed(keyword, location, "'\(keyword)' has to be an object, not \(SchemaWording.describe(value))")
    }
    return (location.child(keyword, value), object)
  }
}
