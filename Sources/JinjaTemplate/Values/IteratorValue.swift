/// A generator or iterator: its elements can be taken once.
final class IteratorValue: @unchecked Sendable {
  /// Gives all elements at once, when the first one is taken.
  typealias Source = (inout Machine) throws(Failure) -> ContiguousArray<Value>
  /// Gives one element after the other.
  typealias Step = (inout Machine) throws(Failure) -> Value?

  let typeName: String
  /// How many lazy filters stand behind each other.
  let depth: Int
  private var source: Source?
  private var step: Step?
  private var elements: ContiguousArray<Value> = []
  private var position = 0

  init(_ elements: ContiguousArray<Value>, typeName: String = "generator") {
    self.typeName = typeName
    self.elements = elements
    var deepest = 0
    for element in elements { deepest = max(deepest, element.depth) }
    depth = deepest + 1
  }

  private init(over input: Value, source: Source?, step: Step?) throws(Failure) {
    typeName = "generator"
    depth = input.depth + 1
    self.source = source
    self.step = step
    guard depth < ValueList.deepest else { throw Failure(.recursion, "values are nested too deeply") }
  }

  convenience init(of input: Value, _ source: @escaping Source) throws(Failure) {
    try self.init(over: input, source: source, step: nil)
  }

  convenience init(of input: Value, stepwise step: @escaping Step) throws(Failure) {
    try self.init(over: input, source: nil, step: step)
  }

  func next(_ machine: inout Machine) throws(Failure) -> Value? {
    if let step {
      // While a step runs, and after one that failed or was the last, there is nothing to take.
      self.step = nil
      let element = try step(&machine)
      if element != nil { self.step = step }
      return element
    }
    if let source {
      self.source = nil
      elements = try source(&machine)
    }
    guard position < elements.count else { return nil }
    position += 1
    return elements[position - 1]
  }

  /// All that is left.
  func rest(_ machine: inout Machine) throws(Failure) -> ContiguousArray<Value> {
    if step != nil {
      var rest: ContiguousArray<Value> = []
      while let element = try next(&machine) {
        try machine.build(elements: 1)
        rest.append(element)
      }
      return rest
    }
    if let source {
      self.source = nil
      elements = try source(&machine)
    }
    let rest = ContiguousArray(elements[position...])
    position = elements.count
    return rest
  }
}
