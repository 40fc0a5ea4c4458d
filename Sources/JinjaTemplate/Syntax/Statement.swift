/// A statement as it is written.
struct Statement {
  indirect enum Kind {
    case output([OutputPart])
    case assign(target: Expression, value: Expression)
    case assignBlock(target: Expression, filter: Expression?, body: [Statement])
    case loop(Loop)
    case condition([(test: Expression, body: [Statement])], otherwise: [Statement])
    case macro(Macro)
    case call(Macro, call: Expression)
    case filterBlock(filter: Expression, body: [Statement])
    case with(targets: [Expression], values: [Expression], body: [Statement])
    case autoescape(Expression, body: [Statement])
    case block(Block)
    case generation(Macro)
    case leave
    case skip
    /// What would need a loader: `extends`, `include`, `import`, `from … import`.
    case load(tag: String, source: Expression, names: [String])
  }

  struct Loop {
    var target: Expression
    var source: Expression
    var test: Expression?
    var isRecursive: Bool
    var body: [Statement]
    var otherwise: [Statement]
  }

  struct Macro {
    var name: String?
    var parameters: [(name: String, at: Int)]
    var defaults: [Expression]
    var body: [Statement]
  }

  struct Block {
    var name: String
    var isScoped: Bool
    var isRequired: Bool
    var body: [Statement]
  }

  let kind: Kind
  let at: Int
}

/// A part of what is written out: text, or the value of an expression.
enum OutputPart {
  case text(String)
  case expression(Expression)
}
