/// The filters that work on texts.
enum TextFilters {
  /// `soft_str`: a string stays what it is, anything else is written out.
  static func soft(_ value: Value, _ machine: inout Machine) throws(Failure) -> (text: String, isMarkup: Bool) {
    if let text = value.text { return (text, value.isMarkup) }
    return (try value.string(&machine), false)
  }

  /// A filter that is a method of `str` without arguments.
  static func method(
    _ method: StringMethod, _ value: Value, _ arguments: Arguments, _ machine: inout Machine
  ) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: method.rawValue)
    let (text, isMarkup) = try soft(value, &machine)
    return try method.call(on: text, isMarkup: isMarkup, .none, &machine)
  }

  static func string(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "soft_str")
    return value.text == nil ? .string(try value.string(&machine)) : value
  }

  static func center(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["width"], of: "do_center")
    let (text, isMarkup) = try soft(value, &machine)
    return StringMethod.wrap(
      try StringMethod.centered(text, try bound.integer(0, 80), &machine), isMarkup)
  }

  static func trim(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    if arguments.isEmpty, case .string(let text) = value { return .string(PythonText.stripped(text, of: nil)) }
    let bound = try BoundArguments(arguments, to: ["chars"], of: "do_trim")
    let (text, isMarkup) = try soft(value, &machine)
    let characters = try bound.value(0, .none).optionalText("strip arg must be None or str")
    return StringMethod.wrap(PythonText.stripped(text, of: characters), isMarkup)
  }

  static func replace(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["old", "new", "count"], required: 2, of: "do_replace")
    let limit = try bound.some(2)?.index() ?? -1
    let (old, new) = (bound.value(0, .none), bound.value(1, .none))
    var text = try value.string(&machine)
    let sought = try old.string(&machine)
    var replacement = try new.string(&machine)
    guard machine.autoescape else {
      return .string(try PythonText.replacing(text, sought, with: replacement, limit: limit, &machine))
    }
    var isMarkup = value.isMarkup
    if old.isMarkup || (new.isMarkup && !isMarkup) {
      if !isMarkup { text = HTMLText.escaped(text) }
      isMarkup = true
    }
    if isMarkup, !new.isMarkup { replacement = HTMLText.escaped(replacement) }
    return StringMethod.wrap(
      try PythonText.replacing(text, sought, with: replacement, limit: limit, &machine), isMarkup)
  }

  static func format(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    guard arguments.positional.isEmpty || arguments.named.isEmpty else {
      throw Failure(.filterArgument, "can't handle positional and keyword arguments at the same time")
    }
    let (text, isMarkup) = try soft(value, &machine)
    let values: Value
    if arguments.named.isEmpty {
      values = try .tuple(arguments.positional)
    } else {
      let dict = ValueDict()
      for (name, value) in arguments.named { try dict.set(.string(name), value) }
      values = .dict(dict)
    }
    return StringMethod.wrap(try PercentFormat.format(text, values, isMarkup: isMarkup, &machine), isMarkup)
  }

  /// A word begins behind white space, a hyphen or an opening bracket.
  static func title(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_title")
    let (text, _) = try soft(value, &machine)
    var result = ""
    var word = ""
    func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar)
    }
    func flush() {
      guard let first = word.unicodeScalars.first else { return }
      result += first.properties.uppercaseMapping + LetterCase.lower(String(word.unicodeScalars.dropFirst()))
      word = ""
    }
    for scalar in text.unicodeScalars {
      if isSeparator(scalar) {
        flush()
        result.unicodeScalars.append(scalar)
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    flush()
    return .string(result)
  }

  static func indent(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["width", "first", "blank"], of: "do_indent")
    let width = bound.value(0, .int(4))
    var indention: String
    if let text = width.text {
      indention = text
    } else {
      let count = max(0, try width.index())
      try machine.build(bytes: count)
      indention = String(repeating: " ", count: count)
    }
    if case .undefined(let undefined) = value { throw undefined.failure }
    guard let text = value.text else {
      throw Failure(.type, "unsupported operand type(s) for +=: '\(value.typeName)' and 'str'")
    }
    if value.isMarkup, !width.isMarkup, width.text != nil { indention = width.text ?? indention }
    let lines = PythonText.lines(text + "\n")
    let all = try bound.isTrue(2, &machine)
    let (size, overflow) = indention.utf8.count.multipliedReportingOverflow(by: lines.count)
    try machine.build(bytes: overflow ? Int.max : size + text.utf8.count)
    var result = try bound.isTrue(1, &machine) ? indention : ""
    for (position, line) in lines.enumerated() {
      if position > 0 {
        result += "\n"
        if all || !line.utf8.isEmpty { result += indention }
      }
      result += line
    }
    return StringMethod.wrap(result, value.isMarkup)
  }

  static func truncate(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(
      arguments, to: ["length", "killwords", "end", "leeway"], of: "do_truncate")
    let length = try bound.integer(0, 255)
    guard let end = bound.value(2, .string("...")).text else {
      throw Failure(.type, "object of type '\(bound.value(2, .none).typeName)' has no len()")
    }
    let leeway = if let leeway = bound.some(3) { try leeway.index() } else { 5 }
    guard length >= end.codePointCount else {
      throw Failure(.value, "expected length >= \(end.codePointCount), got \(length)")
    }
    guard leeway >= 0 else { throw Failure(.value, "expected leeway >= 0, got \(leeway)") }
    let (most, overflow) = length.addingReportingOverflow(leeway)
    let count = try value.length(&machine)
    if overflow || count <= most { return value }
    guard let text = value.text else {
      throw Failure(.type, "can only truncate text, not \(value.typeName)")
    }
    let cut = text.codePoints(0, length - end.codePointCount)
    if try bound.isTrue(1, &machine) { return StringMethod.wrap(cut + end, value.isMarkup) }
    let kept = cut.lastOffset(of: " ", before: cut.utf8.count).map { cut.bytes(0, $0) } ?? cut
    return StringMethod.wrap(kept + end, value.isMarkup)
  }

  static func wordCount(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_wordcount")
    var count = 0
    var isInside = false
    for scalar in try soft(value, &machine).text.unicodeScalars {
      let isWord = scalar.isPythonWord
      if isWord, !isInside { count += 1 }
      isInside = isWord
    }
    return .int(count)
  }

  static func wordWrap(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(
      arguments, to: ["width", "break_long_words", "wrapstring", "break_on_hyphens"], of: "do_wordwrap")
    if case .undefined(let undefined) = value { throw undefined.failure }
    let text = try value.requiredText("the wrapped value")
    let separator = try bound.some(2)?.requiredText("wrapstring") ?? "\n"
    let wrap = TextWrap(
      width: try bound.integer(0, 79), breaksLongWords: try bound.isTrue(1, true, &machine),
      breaksOnHyphens: try bound.isTrue(3, true, &machine))
    var parts: [String] = []
    for line in PythonText.lines(text) {
      try machine.step(line.utf8.count / 16 + 1)
      parts.append(try wrap.lines(line).joined(separator: separator))
    }
    let result = parts.joined(separator: separator)
    try machine.build(bytes: result.utf8.count)
    return .string(result)
  }

  static func prettyPrint(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_pprint")
    return .string(try PrettyPrint.text(of: value, &machine))
  }
}
