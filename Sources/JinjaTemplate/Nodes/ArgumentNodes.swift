/// The arguments of a call, compiled.
struct ArgumentNodes: Sendable {
  let positional: ContiguousArray<any ExpressionNode>
  let named: ContiguousArray<(name: String, value: any ExpressionNode)>
  let dynamicPositional: (any ExpressionNode)?
  let dynamicNamed: (any ExpressionNode)?
  /// Whether there are only positional ones, in a known number.
  let isPlain: Bool
  let isEmpty: Bool

  init(
    positional: [any ExpressionNode], named: [(String, any ExpressionNode)],
    dynamicPositional: (any ExpressionNode)?, dynamicNamed: (any ExpressionNode)?
  ) {
    self.positional = ContiguousArray(positional)
    self.named = ContiguousArray(named.map { ($0.0, $0.1) })
    self.dynamicPositional = dynamicPositional
    self.dynamicNamed = dynamicNamed
    isPlain = named.isEmpty && dynamicPositional == nil && dynamicNamed == nil
    isEmpty = isPlain && positional.isEmpty
  }

  @inline(__always)
  func evaluate(_ machine: inout Machine) throws(Failure) -> Arguments {
    isEmpty ? .none : try evaluateAll(&machine)
  }

  @inline(never)
  private func evaluateAll(_ machine: inout Machine) throws(Failure) -> Arguments {
    var arguments = Arguments()
    arguments.positional.reserveCapacity(positional.count)
    for node in positional { arguments.positional.append(try node.evaluate(&machine)) }
    if isPlain { return arguments }
    if let dynamicPositional {
      arguments.positional.append(
        contentsOf: try dynamicPositional.evaluate(&machine).elements(&machine))
    }
    for (name, node) in named { arguments.named.append((name, try node.evaluate(&machine))) }
    if let dynamicNamed {
      let mapping = try dynamicNamed.evaluate(&machine)
      guard mapping.isMapping else {
        throw Failure(.type, "argument after ** must be a mapping, not \(mapping.typeName)")
      }
      let keys = DictView(.keys, of: mapping)
      let values = DictView(.values, of: mapping)
      for position in 0..<keys.count {
        guard let name = keys[position].text else { throw Failure(.type, "keywords must be strings") }
        guard !arguments.named.contains(where: { $0.name == name }) else {
          throw Failure(.type, "got multiple values for keyword argument '\(name)'")
        }
        arguments.named.append((name, values[position]))
      }
    }
    return arguments
  }
}
