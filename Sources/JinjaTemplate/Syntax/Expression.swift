/// An expression as it is written.
struct Expression {
  indirect enum Kind {
    case name(String)
    case constant(Value)
    case tuple([Expression])
    case list([Expression])
    case dict([(key: Expression, value: Expression)])
    case negated(Expression)
    case signed(Expression, negative: Bool)
    /// Operands of one precedence, computed from left to right.
    case chain(Expression, [(operation: ArithmeticOperator, operand: Expression)])
    case concatenation([Expression])
    case comparison(Expression, [(operation: ComparisonOperator, operand: Expression)])
    case and([Expression])
    case or([Expression])
    case conditional(test: Expression, then: Expression, otherwise: Expression?)
    case attribute(Expression, String)
    case item(Expression, Expression)
    case slice(Expression, start: Expression?, stop: Expression?, step: Expression?)
    /// A slice among several subscripts, or one that is no subscript's only part.
    case call(Expression, ArgumentList)
    case filter(Expression?, String, ArgumentList)
    case test(Expression, String, ArgumentList)
    /// `namespace.attribute` as the target of an assignment.
    case namespaceReference(String, String)
  }

  let kind: Kind
  let at: Int
  /// How deep expressions stand in it. Bounded by the parser, so that nothing that walks it exhausts the stack.
  let height: Int
}

/// The arguments of a call as they are written.
struct ArgumentList {
  var positional: [Expression] = []
  var named: [(name: String, value: Expression)] = []
  var dynamicPositional: Expression?
  var dynamicNamed: Expression?

  var isEmpty: Bool { positional.isEmpty && named.isEmpty && dynamicPositional == nil && dynamicNamed == nil }

  /// Every expression in it.
  var all: [Expression] {
    positional + named.map(\.value) + [dynamicPositional, dynamicNamed].compactMap { $0 }
  }
}

/// The operators that compare.
enum ComparisonOperator: String {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case isNotIn = "not in"
}
