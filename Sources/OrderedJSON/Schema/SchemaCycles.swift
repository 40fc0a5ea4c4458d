/// Finds schemas that refer to themselves without ever looking at a part of the value: `{"$ref": "#"}`.
///
/// Only references that are always followed count (`$ref`, `allOf`). What is followed on a condition ends at the
/// limit of depth when a value is checked.
enum SchemaCycles {
  static func check(_ nodes: [SchemaNode]) throws(JSONSchemaError) {
    var finished: Set<ObjectIdentifier> = []
    var underWay: Set<ObjectIdentifier> = []
    for start in nodes where !finished.contains(ObjectIdentifier(start)) {
      var path: [(node: SchemaNode, next: Int)] = [(start, 0)]
      underWay.insert(ObjectIdentifier(start))
      while let (node, next) = path.last {
        let targets = followed(node)
        guard next < targets.count else {
          underWay.remove(ObjectIdentifier(node))
          finished.insert(ObjectIdentifier(node))
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let target = targets[next]
        if underWay.contains(ObjectIdentifier(target)) { throw .endlessReference(path: node.path) }
        if !finished.contains(ObjectIdentifier(target)) {
          underWay.insert(ObjectIdentifier(target))
          path.append((target, 0))
        }
      }
    }
  }

  private static func followed(_ node: SchemaNode) -> [SchemaNode] {
    guard let combined = node.combined else { return [] }
    return combined.all.map(\.node) + (combined.reference.map { [$0.node] } ?? [])
  }
}
