/// Collects the names and string constants of a template.
struct Mentions {
  private(set) var names: Set<String> = []
  private(set) var hasGeneration = false

  mutating func visit(_ statements: [Statement]) {
    for statement in statements {
      visit(statement)
      for body in statement.bodies { visit(body) }
    }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .output(let parts):
      for part in parts { if case .expression(let expression) = part { visit(expression) } }
    case .assign(let target, let value):
      visit(target)
      visit(value)
    case .assignBlock(let target, let filter, _):
      visit(target)
      if let filter { visit(filter) }
    case .loop(let loop):
      visit(loop.target)
      visit(loop.source)
      if let test = loop.test { visit(test) }
    case .condition(let branches, _): for branch in branches { visit(branch.test) }
    case .macro(let macro): visit(macro)
    case .generation(let macro):
      hasGeneration = true
      visit(macro)
    case .call(let macro, let call):
      visit(call)
      visit(macro)
    case .filterBlock(let filter, _): visit(filter)
    case .with(let targets, let values, _): for part in targets + values { visit(part) }
    case .autoescape(let value, _), .load(_, let value, _): visit(value)
    case .block, .leave, .skip: break
    }
  }

  private mutating func visit(_ macro: Statement.Macro) {
    if let name = macro.name { names.insert(name) }
    for parameter in macro.parameters { names.insert(parameter.name) }
    for value in macro.defaults { visit(value) }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .name(let name), .attribute(_, let name): names.insert(name)
    case .namespaceReference(let name, let attribute):
      names.insert(name)
      names.insert(attribute)
    case .constant(let value): if let text = value.text { names.insert(text) }
    default: break
    }
    for part in expression.parts { visit(part) }
  }
}
