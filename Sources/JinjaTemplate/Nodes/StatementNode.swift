/// How a statement ends.
enum Flow {
  case normal
  /// `break`
  case leave
  /// `continue`
  case skip
}

/// A compiled statement.
protocol StatementNode: AnyObject, Sendable {
  func execute(_ machine: inout Machine) throws(Failure) -> Flow
}

/// Statements that run one after the other.
struct Body: Sendable {
  private var nodes: ContiguousArray<any StatementNode>

  init(_ nodes: [any StatementNode]) { self.nodes = ContiguousArray(nodes) }

  mutating func prepend(_ node: any StatementNode) { nodes.insert(node, at: 0) }

  @inline(__always)
  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    for index in 0..<nodes.count {
      let flow = try nodes[index].execute(&machine)
      if flow != .normal { return flow }
    }
    return .normal
  }
}

/// Text between tags.
final class TextNode: StatementNode {
  private let bytes: ContiguousArray<UInt8>

  init(_ text: String) { bytes = ContiguousArray(text.utf8) }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    bytes.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { machine.output.append(start, bytes.count) }
    }
    return .normal
  }
}

/// `{{ … }}`.
final class EmitNode: StatementNode {
  private let node: any ExpressionNode

  init(_ node: any ExpressionNode) { self.node = node }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    try node.emit(&machine)
    return .normal
  }
}

/// `{{ … }}` within `autoescape`.
final class EscapedEmitNode: StatementNode {
  private let node: any ExpressionNode
  private let escaping: Escaping

  init(_ node: any ExpressionNode, _ escaping: Escaping) {
    self.node = node
    self.escaping = escaping
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    let value = try node.evaluate(&machine)
    let escapes = escaping == .html || machine.autoescape
    let text = try value.string(&machine)
    machine.output.append(escapes && !value.isMarkup ? HTMLText.escaped(text) : text)
    return .normal
  }
}

/// `break` and `continue`.
final class FlowNode: StatementNode {
  private let flow: Flow

  init(_ flow: Flow) { self.flow = flow }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow { flow }
}

/// `if`, `elif`, `else`.
final class ConditionNode: StatementNode {
  private let branches: ContiguousArray<(test: any ExpressionNode, body: Body)>
  private let otherwise: Body

  init(_ branches: [(any ExpressionNode, Body)], otherwise: Body) {
    self.branches = ContiguousArray(branches.map { ($0.0, $0.1) })
    self.otherwise = otherwise
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    for index in 0..<branches.count where try branches[index].test.isTrue(&machine) {
      return try branches[index].body.execute(&machine)
    }
    return try otherwise.execute(&machine)
  }
}

/// What would need a loader, which there is none of.
final class LoadNode: StatementNode {
  private let tag: String
  private let source: any ExpressionNode
  private let place: Int

  init(_ tag: String, _ source: any ExpressionNode, at place: Int) {
    self.tag = tag
    self.source = source
    self.place = place
  }

  func execute(_ machine: inout Machine) throws(Failure) -> Flow {
    _ = try source.evaluate(&machine)
    machine.position = place
    throw Failure(.type, "no loader for this environment specified: '\(tag)' cannot read another template")
  }
}
