import OrderedJSON

/// A value while a template runs: Python's types as far as templates can meet them.
///
/// What comes from the context stays as OrderedJSON holds it (`jsonArray`, `jsonObject`) and is never copied; what the
/// template builds is a `list`, `tuple` or `dict`. Both kinds behave the same.
///
/// Sendable holds for what a compiled template keeps (constants). Objects that change live in one rendering.
enum Value: @unchecked Sendable {
  /// A variable that nothing was assigned to yet. Never reaches an expression.
  case missing
  case undefined(UndefinedValue)
  case none
  case bool(Bool)
  case int(Int)
  case big(BigInt)
  case float(Double)
  case string(String)
  /// A string that counts as HTML already (`markupsafe.Markup`).
  case markup(String)
  case list(ValueList)
  case tuple(ValueList)
  case dict(ValueDict)
  case jsonArray([JSONValue])
  case jsonObject(JSONObject)
  case range(RangeValue)
  case iterator(IteratorValue)
  case view(DictView)
  case namespace(NamespaceValue)
  case macro(MacroValue)
  case loop(LoopContext)
  case method(BoundMethod)
  case object(any RuntimeObject)

  @inline(__always)
  init(_ json: JSONValue) {
    switch json {
    case .string(let value): self = .string(value)
    case .object(let value): self = .jsonObject(value)
    case .array(let value): self = .jsonArray(value)
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .int(value)
    case .double(let value): self = .float(value)
    case .bigInteger(let digits): self = BigInt(digits).map { .big($0) } ?? .none
    }
  }
}

extension Value {
  /// `type(value).__name__`.
  var typeName: String {
    switch self {
    case .missing: "missing"
    case .undefined: "Undefined"
    case .none: "NoneType"
    case .bool: "bool"
    case .int, .big: "int"
    case .float: "float"
    case .string: "str"
    case .markup: "Markup"
    case .list, .jsonArray: "list"
    case .tuple(let list): list.isGroup ? "_GroupTuple" : "tuple"
    case .dict, .jsonObject: "dict"
    case .range: "range"
    case .iterator(let iterator): iterator.typeName
    case .view(let view): view.typeName
    case .namespace: "TemplateNamespace"
    case .macro: "Macro"
    case .loop: "LoopContext"
    case .method: "builtin_function_or_method"
    case .object(let object): object.typeName
    }
  }

  /// How messages about missing attributes name the value: Jinja's `object_type_repr`.
  var typeDescription: String {
    switch self {
    case .none: "None"
    case .undefined: "jinja2.runtime.Undefined object"
    case .markup: "markupsafe.Markup object"
    case .namespace: "transformers.utils.chat_template_utils.TemplateNamespace object"
    case .macro: "jinja2.runtime.Macro object"
    case .loop: "jinja2.runtime.LoopContext object"
    case .object(let object): object.module.isEmpty ? "\(typeName) object" : "\(object.module).\(typeName) object"
    default: "\(typeName) object"
    }
  }

  /// The text of a string, whether or not it counts as HTML.
  @inline(__always)
  var text: String? {
    switch self {
    case .string(let text), .markup(let text): text
    default: nil
    }
  }

  var isUndefined: Bool { if case .undefined = self { true } else { false } }
  var isNone: Bool { if case .none = self { true } else { false } }
  var isMarkup: Bool { if case .markup = self { true } else { false } }

  /// Whether the value is a `dict`.
  var isMapping: Bool {
    switch self {
    case .dict, .jsonObject: true
    default: false
    }
  }

  /// How deep lists, tuples and dicts stand in each other, as far as the template built them.
  var depth: Int {
    switch self {
    case .list(let list), .tuple(let list): list.depth
    case .dict(let dict): dict.depth
    case .iterator(let iterator): iterator.depth
    case .view(let view): view.depth
    case .method(let method): method.depth
    default: 0
    }
  }

  static let emptyList = Value.list(ValueList(unchecked: []))
  static let emptyString = Value.string("")
}
