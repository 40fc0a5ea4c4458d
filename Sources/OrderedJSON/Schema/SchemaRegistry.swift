/// A schema with a URI of its own: a document, or a part of one that has an `$id`.
final class SchemaResource {
  let index: Int
  let uri: SchemaURI
  let value: JSONValue
  let rules: SchemaRules
  /// Names to pointers within this resource.
  var anchors: [String: String] = [:]
  var dynamicAnchors: [String: String] = [:]
  /// Resources inside this one, by the pointer to them.
  var embedded: [String: SchemaResource] = [:]

  init(index: Int, uri: SchemaURI, value: JSONValue, rules: SchemaRules) {
    self.index = index
    self.uri = uri
    self.value = value
    self.rules = rules
  }
}

/// A place in a resource.
struct SchemaLocation {
  var resource: SchemaResource
  /// Within the resource; empty for its root.
  var pointer: String
  var value: JSONValue

  /// How errors name the place: the root schema has no URI.
  var name: String { (resource.index == 0 ? "" : resource.uri.document) + "#" + pointer }

  /// What a key or index leads to; a part with an `$id` is a resource of its own.
  func child(_ token: String, _ value: JSONValue) -> SchemaLocation {
    let next = pointer + "/" + SchemaPointer.escaped(token)
    if let inner = resource.embedded[next] { return SchemaLocation(resource: inner, pointer: "", value: value) }
    return SchemaLocation(resource: resource, pointer: next, value: value)
  }
}

/// Finds schemas by URI: in the root document, the caller's resources and the embedded metaschemas. Never fetches.
struct SchemaRegistry {
  private var resources: [String: SchemaResource] = [:]
  private var count = 0
  private let given: [String: JSONValue]
  private var isEverythingIndexed = false

  init(given: [String: JSONValue]) {
    self.given = Dictionary(given.map { (SchemaURI($0.key).document, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// Takes in the schema to compile.
  mutating func addRoot(_ schema: JSONValue, dialect: SchemaDialect) throws(JSONSchemaError) -> SchemaResource {
    var rules = SchemaRules(dialect)
    if let uri = schema["$schema"]?.stringValue {
      if let named = SchemaDialect(metaschema: uri) {
        if dialect == .automatic { rules = SchemaRules(named) }
      } else {
        rules = try self.rules(metaschema: uri, fallback: rules)
      }
    }
    return try add(schema, at: SchemaURI(""), rules: rules)
  }

  /// What a reference means, and the dynamic anchor's name where it leads to one.
  mutating func resolve(
    _ reference: String, from origin: SchemaLocation
  ) throws(JSONSchemaError) -> (location: SchemaLocation, dynamicAnchor: String?) {
    let uri = origin.resource.uri.resolving(SchemaURI(reference))
    let failure = JSONSchemaError.unresolvedReference(path: origin.name, reference: reference)
    guard let resource = try resource(uri.document, fallback: origin.resource.rules) else { throw failure }
    let root = SchemaLocation(resource: resource, pointer: "", value: resource.value)
    let fragment = SchemaPointer.percentDecoded(uri.fragment ?? "")
    if fragment.isEmpty { return (root, nil) }
    if fragment.utf8.first == UInt8(ascii: "/") {
      guard let location = Self.follow(fragment, from: root) else { throw failure }
      return (location, nil)
    }
    guard let pointer = resource.dynamicAnchors[fragment] ?? resource.anchors[fragment],
      let location = Self.follow(pointer, from: root)
    else { throw failure }
    return (location, resource.dynamicAnchors[fragment] == nil ? nil : fragment)
  }

  /// Follows a pointer, over the borders of resources.
  static func follow(_ pointer: String, from start: SchemaLocation) -> SchemaLocation? {
    var location = start
    for token in SchemaPointer.tokens(pointer) {
      guard let value = SchemaPointer.step(into: location.value, token) else { return nil }
      location = location.child(token, value)
    }
    return location
  }

  private mutating func resource(
    _ name: String, fallback: SchemaRules
  ) throws(JSONSchemaError) -> SchemaResource? {
    if let found = resources[name] { return found }
    if let schema = given[name] ?? Self.metaschemas[name] {
      return try addDocument(schema, named: name, fallback: fallback)
    }
    // A document may bring resources under names of their own.
    guard !isEverythingIndexed else { return nil }
    isEverythingIndexed = true
    for name in given.keys.sorted() where resources[name] == nil {
      guard let schema = given[name] else { continue }
      _ = try addDocument(schema, named: name, fallback: fallback)
    }
    return resources[name]
  }

  private mutating func addDocument(
    _ schema: JSONValue, named name: String, fallback: SchemaRules
  ) throws(JSONSchemaError) -> SchemaResource {
    var rules = fallback
    if let uri = schema["$schema"]?.stringValue { rules = try self.rules(metaschema: uri, fallback: fallback) }
    return try add(schema, at: SchemaURI(name), rules: rules)
  }

  /// The rules of the schemas that name this metaschema.
  private func rules(metaschema uri: String, fallback: SchemaRules) throws(JSONSchemaError) -> SchemaRules {
    if let dialect = SchemaDialect(metaschema: uri) { return SchemaRules(dialect) }
    guard let metaschema = given[SchemaURI(uri).document] else { return fallback }
    var rules = fallback
    if let own = metaschema["$schema"]?.stringValue, let dialect = SchemaDialect(metaschema: own) {
      rules = SchemaRules(dialect)
    }
    if let vocabularies = metaschema["$vocabulary"]?.objectValue { try rules.restrict(to: vocabularies) }
    return rules
  }

  private mutating func newResource(at uri: SchemaURI, _ value: JSONValue, _ rules: SchemaRules) -> SchemaResource {
    var uri = uri
    uri.fragment = nil
    let resource = SchemaResource(index: count, uri: uri, value: value, rules: rules)
    count += 1
    if resources[uri.document] == nil { resources[uri.document] = resource }
    return resource
  }

  /// Indexes a document: walks all places that hold schemas, without recursion.
  private mutating func add(
    _ document: JSONValue, at uri: SchemaURI, rules: SchemaRules
  ) throws(JSONSchemaError) -> SchemaResource {
    var base = uri
    if let id = Self.identifier(document, rules) { base = uri.resolving(SchemaURI(id)) }
    let root = newResource(at: base, document, rules)
    if resources[uri.document] == nil { resources[uri.document] = root }
    var waiting = [SchemaLocation(resource: root, pointer: "", value: document)]
    var visited = 0
    while var location = waiting.popLast() {
      visited += 1
      guard visited <= JSONSchema.maximumParts else { throw .tooLarge }
      guard case .object(let members) = location.value else { continue }
      if location.pointer.isEmpty {
        note(members, at: location)
      } else if let id = Self.identifier(location.value, location.resource.rules) {
        var rules = location.resource.rules
        if let uri = members["$schema"]?.stringValue { rules = try self.rules(metaschema: uri, fallback: rules) }
        let uri = location.resource.uri.resolving(SchemaURI(id))
        let inner = newResource(at: uri, location.value, rules)
        location.resource.embedded[location.pointer] = inner
        location = SchemaLocation(resource: inner, pointer: "", value: location.value)
        note(members, at: location)
      } else {
        note(members, at: location)
      }
      Self.forEachSubschema(of: members, location.resource.rules) { waiting.append(Self.plain(location, $0, $1)) }
    }
    return root
  }

  /// A child before it is known whether it is a resource of its own.
  private static func plain(_ parent: SchemaLocation, _ tokens: [String], _ value: JSONValue) -> SchemaLocation {
    let pointer = tokens.reduce(parent.pointer) { $0 + "/" + SchemaPointer.escaped($1) }
    return SchemaLocation(resource: parent.resource, pointer: pointer, value: value)
  }

  /// The `$id` that gives a schema its own URI.
  private static func identifier(_ schema: JSONValue, _ rules: SchemaRules) -> String? {
    guard let members = schema.objectValue, let id = members[rules.idKeyword]?.stringValue else { return nil }
    if !rules.refHasSiblings, members["$ref"]?.stringValue != nil { return nil }
    if rules.idCanBeAnchor, id.utf8.first == UInt8(ascii: "#") { return nil }
    return id
  }

  private func note(_ members: JSONObject, at location: SchemaLocation) {
    let rules = location.resource.rules
    if rules.isModern {
      if let name = members["$anchor"]?.stringValue { location.resource.anchors[name] = location.pointer }
      switch rules.dynamicReferences {
      case .none: break
      case .dynamic:
        if let name = members["$dynamicAnchor"]?.stringValue {
          location.resource.dynamicAnchors[name] = location.pointer
        }
      case .recursive:
        // Draft 2019-09: the same with one nameless anchor at the resource's root.
        if location.pointer.isEmpty, members["$recursiveAnchor"] == .bool(true) {
          location.resource.dynamicAnchors[""] = ""
        }
      }
    } else if rules.idCanBeAnchor, let id = members[rules.idKeyword]?.stringValue {
      let uri = SchemaURI(id)
      if let name = uri.fragment, !name.isEmpty { location.resource.anchors[name] = location.pointer }
    }
  }
}
