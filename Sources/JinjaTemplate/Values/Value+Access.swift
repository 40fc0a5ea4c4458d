/// Attributes, elements and calls, as Jinja's sandbox has them.
extension Value {
  /// `environment.getattr`: what the value's type has under the name, else its member.
  func attribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value {
    if let own = try ownAttribute(name, &machine) { return own }
    if let item = try element(.string(name), &machine) { return item }
    return .undefined(UndefinedValue(attribute: name, of: typeDescription))
  }

  /// `environment.getitem`: the value's element, else what its type has under the name.
  func item(_ key: Value, _ machine: inout Machine) throws(Failure) -> Value {
    if let item = try element(key, &machine) { return item }
    if let name = key.text {
      if let own = try ownAttribute(name, &machine) { return own }
      return .undefined(UndefinedValue(attribute: name, of: typeDescription))
    }
    return .undefined(UndefinedValue(element: try key.representation(&machine), of: typeDescription))
  }

  /// `self[key]`; nothing where Python raises what Jinja forgives.
  private func element(_ key: Value, _ machine: inout Machine) throws(Failure) -> Value? {
    switch self {
    case .undefined(let undefined): throw undefined.failure
    case .jsonObject(let object): return key.text.flatMap { object[$0] }.map { Value($0) }
    case .dict(let dict): return (try? dict.value(of: key)).flatMap { $0 }
    case .jsonArray(let array): return key.place(among: array.count).map { Value(array[$0]) }
    case .list(let list), .tuple(let list): return key.place(among: list.elements.count).map { list.elements[$0] }
    case .range(let range): return key.place(among: range.count).map { .int(range[$0]) }
    case .string(let text):
      try machine.step(text.utf8.count >> 6)
      return key.place(among: text.codePointCount).map { .string(text.codePoints($0, $0 + 1)) }
    case .markup(let text):
      return key.place(among: text.codePointCount).map { .markup(text.codePoints($0, $0 + 1)) }
    case .object(let object):
      guard let name = key.text else { return nil }
      return try object.item(name, &machine)
    default: return nil
    }
  }

  /// The value as a position in a sequence, where it is one.
  private func place(among count: Int) -> Int? {
    let index: Int
    switch self {
    case .int(let value): index = value
    case .bool(let value): index = value ? 1 : 0
    default: return nil
    }
    let place = index < 0 ? index + count : index
    return place >= 0 && place < count ? place : nil
  }

  /// `getattr(self, name)`; nothing where there is no such attribute.
  func ownAttribute(_ name: String, _ machine: inout Machine) throws(Failure) -> Value? {
    if name.hasPrefix("__"), Methods.internalNames.contains(name), !(isUndefined && Methods.typeNames.contains(name)) {
      return unsafe(name)
    }
    switch self {
    case .undefined(let undefined):
      if name.hasPrefix("__"), name.hasSuffix("__") { return nil }
      throw undefined.failure
    case .string:
      return StringMethod(rawValue: name) == nil ? nil : .method(try BoundMethod(self, name))
    case .markup:
      if StringMethod(rawValue: name) != nil || Methods.markupNames.contains(name) {
        return .method(try BoundMethod(self, name))
      }
    case .dict, .jsonObject:
      if Methods.changingDictNames.contains(name) { return unsafe(name) }
      if Methods.dictNames.contains(name) { return .method(try BoundMethod(self, name)) }
    case .list, .jsonArray:
      if Methods.changingListNames.contains(name) { return unsafe(name) }
      if Methods.listNames.contains(name) { return .method(try BoundMethod(self, name)) }
    case .tuple(let list):
      if list.isGroup, name == "grouper" { return list.elements[0] }
      if list.isGroup, name == "list" { return list.elements[1] }
      if name == "count" || name == "index" { return .method(try BoundMethod(self, name)) }
    case .int, .big, .bool, .float: return try Methods.numberAttribute(name, of: self)
    case .range(let range):
      switch name {
      case "start": return .int(range.start)
      case "stop": return .int(range.stop)
      case "step": return .int(range.step)
      case "count", "index": return .method(try BoundMethod(self, name))
      default: return nil
      }
    case .namespace(let namespace): return namespace.value(named: name)
    case .macro(let macro): return try macro.attribute(name)
    case .loop(let loop):
      return try LoopContext.Attribute(rawValue: name).map { (attribute: LoopContext.Attribute) throws(Failure) in
        try loop.value(of: attribute, &machine)
      }
    case .object(let object): return try object.attribute(name, &machine)
    case .missing, .none, .iterator, .view, .method: return nil
    }
    return nil
  }

  /// What the sandbox gives instead of an attribute that it does not let out.
  private func unsafe(_ name: String) -> Value {
    .undefined(
      UndefinedValue(
        hint: "access to attribute \(PythonRepr.quoted(name)) of \(PythonRepr.quoted(typeName)) object is unsafe.",
        kind: .security))
  }

  /// `self(…)`.
  func call(_ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    switch self {
    case .macro(let macro): return try machine.call(macro, arguments)
    case .method(let method):
      try machine.step()
      return try Methods.call(method.name, on: method.receiver, arguments, &machine)
    case .object(let object):
      try machine.step()
      return try object.call(arguments, &machine)
    case .loop(let loop): return try loop.call(arguments, &machine)
    case .undefined(let undefined): throw undefined.failure
    default: throw Failure(.type, "'\(typeName)' object is not callable")
    }
  }

  /// `callable(value)`.
  var isCallable: Bool {
    switch self {
    // Even an undefined value can be called, to fail.
    case .macro, .method, .loop, .undefined: true
    case .object(let object): object.isCallable
    default: false
    }
  }

  /// Whether Python's `iter` takes it.
  var isIterable: Bool {
    switch self {
    case .none, .bool, .int, .big, .float, .namespace, .macro, .method, .object, .missing: false
    default: true
    }
  }

  /// Jinja's test `sequence`: what has a length and elements.
  var isSequence: Bool {
    switch self {
    case .string, .markup, .list, .tuple, .dict, .jsonArray, .jsonObject, .range, .undefined: true
    default: false
    }
  }
}

extension MacroValue {
  fileprivate func attribute(_ name: String) throws(Failure) -> Value? {
    switch name {
    case "name": return definition.name.map { .string($0) } ?? Value.none
    case "arguments": return try .tuple(ContiguousArray(definition.parameters.map { .string($0.name) }))
    case "catch_kwargs": return .bool(definition.namedSlot != nil)
    case "catch_varargs": return .bool(definition.positionalSlot != nil)
    case "caller": return .bool(definition.accessesCaller)
    case "explicit_caller": return .bool(definition.hasExplicitCaller)
    default: return nil
    }
  }
}
