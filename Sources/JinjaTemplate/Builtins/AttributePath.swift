/// What filters take as `attribute`: `"name"`, `"owner.name"`, `"list.0"` or an index.
struct AttributePath {
  private let parts: [Value]
  private let fallback: Value?

  /// Reads the path; `fallback` stands for what is not there.
  init(_ attribute: Value, fallback: Value? = nil, _ machine: inout Machine) throws(Failure) {
    self.fallback = fallback
    switch attribute {
    case .none: parts = []
    case .string(let text), .markup(let text): parts = Self.parts(of: text)
    default: parts = [attribute]
    }
  }

  private init(parts: [Value]) {
    self.parts = parts
    fallback = nil
  }

  /// Reads several paths with commas between.
  static func several(_ attribute: Value, _ machine: inout Machine) throws(Failure) -> [AttributePath] {
    guard let text = attribute.text else { return [try AttributePath(attribute, &machine)] }
    return PythonText.split(text, by: ",", limit: -1).map { AttributePath(parts: parts(of: $0)) }
  }

  private static func parts(of text: String) -> [Value] {
    PythonText.split(text, by: ".", limit: -1).map { part in
      let isNumber = !part.utf8.isEmpty && part.unicodeScalars.allSatisfy(\.isPythonDecimal)
      return isNumber ? NumberReader.integer(part, base: 10) ?? .string(part) : .string(part)
    }
  }

  func value(of item: Value, _ machine: inout Machine) throws(Failure) -> Value {
    try machine.step()
    var value = item
    for part in parts {
      value = try value.item(part, &machine)
      if let fallback, value.isUndefined { value = fallback }
    }
    return value
  }
}

extension Value {
  /// What sorting compares where upper and lower case count the same.
  var ignoringCase: Value {
    text.map { StringMethod.wrap(LetterCase.lower($0), isMarkup) } ?? self
  }
}
