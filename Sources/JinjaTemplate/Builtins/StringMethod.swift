/// The methods of `str`.
enum StringMethod: String {
  case capitalize, casefold, center, count, encode, endswith, expandtabs, find, format, index, isalnum, isalpha,
    isascii, isdecimal, isdigit, isidentifier, islower, isnumeric, isprintable, isspace, istitle, isupper, join,
    ljust, lower, lstrip, maketrans, partition, removeprefix, removesuffix, replace, rfind, rindex, rjust,
    rpartition, rsplit, rstrip, split, splitlines, startswith, strip, swapcase, title, translate, upper, zfill
  case formatMap = "format_map"

  func call(
    on text: String, isMarkup: Bool, _ arguments: Arguments, _ machine: inout Machine
  ) throws(Failure) -> Value {
    try machine.step(text.utf8.count >> 6)
    switch self {
    case .format:
      let formatter = StringFormat(arguments, isMarkup: isMarkup)
      return Self.wrap(try formatter.format(text, &machine), isMarkup)
    case .formatMap:
      let formatter = try StringFormat(mapping: arguments, isMarkup: isMarkup)
      return Self.wrap(try formatter.format(text, &machine), isMarkup)
    case .split, .rsplit: return try split(text, isMarkup, arguments, &machine)
    case .splitlines:
      let bound = try BoundArguments(arguments, to: ["keepends"], of: rawValue)
      let lines = PythonText.lines(text, keepingEnds: try bound.isTrue(0, &machine))
      return try Self.list(lines, isMarkup, &machine)
    default:
      if !isMarkup { try arguments.refuseNamed("str.\(rawValue)") }
      return try callPlain(on: text, isMarkup, arguments.positional, &machine)
    }
  }

  /// The methods that take no named arguments.
  private func callPlain(
    on text: String, _ isMarkup: Bool, _ arguments: ContiguousArray<Value>, _ machine: inout Machine
  ) throws(Failure) -> Value {
    switch self {
    case .strip, .lstrip, .rstrip:
      try expect(arguments, 0...1)
      let characters = try arguments.first?.optionalText("\(rawValue) arg must be None or str")
      return Self.wrap(
        PythonText.stripped(text, of: characters, front: self != .rstrip, back: self != .lstrip), isMarkup)
    case .startswith, .endswith: return .bool(try isAffix(text, arguments, &machine))
    case .replace:
      try expect(arguments, 2...3)
      let old = try arguments[0].requiredText("replace() argument 1")
      var new = try arguments[1].requiredText("replace() argument 2")
      if isMarkup, !arguments[1].isMarkup { new = HTMLText.escaped(new) }
      let limit = arguments.count > 2 ? try arguments[2].index() : -1
      return Self.wrap(try PythonText.replacing(text, old, with: new, limit: limit, &machine), isMarkup)
    case .lower: return try changed(text, LetterCase.lower, isMarkup, arguments)
    case .upper: return try changed(text, LetterCase.upper, isMarkup, arguments)
    case .title: return try changed(text, LetterCase.title, isMarkup, arguments)
    case .capitalize: return try changed(text, LetterCase.capitalized, isMarkup, arguments)
    case .swapcase: return try changed(text, LetterCase.swapped, isMarkup, arguments)
    case .casefold: return try changed(text, LetterCase.folded, isMarkup, arguments)
    case .join: return try join(text, isMarkup, arguments, &machine)
    case .find, .rfind, .index, .rindex, .count: return try search(text, arguments)
    case .partition, .rpartition: return try partition(text, isMarkup, arguments)
    case .removeprefix:
      try expect(arguments, 1...1)
      let prefix = try arguments[0].requiredText("removeprefix() argument")
      return Self.wrap(text.startsWith(prefix) ? text.bytes(prefix.utf8.count, text.utf8.count) : text, isMarkup)
    case .removesuffix:
      try expect(arguments, 1...1)
      let suffix = try arguments[0].requiredText("removesuffix() argument")
      return Self.wrap(text.endsWith(suffix) ? text.bytes(0, text.utf8.count - suffix.utf8.count) : text, isMarkup)
    case .center, .ljust, .rjust, .zfill, .expandtabs: return try pad(text, isMarkup, arguments, &machine)
    case .translate: return try translate(text, isMarkup, arguments, &machine)
    case .encode, .maketrans: throw Failure(.type, "str.\(rawValue)() is not supported in templates")
    case .format, .formatMap, .split, .rsplit, .splitlines: return .string(text)
    default:
      try expect(arguments, 0...0)
      return .bool(test(text))
    }
  }

  static func wrap(_ text: String, _ isMarkup: Bool) -> Value { isMarkup ? .markup(text) : .string(text) }

  static func list(_ parts: [String], _ isMarkup: Bool, _ machine: inout Machine) throws(Failure) -> Value {
    try machine.step(parts.count)
    try machine.build(elements: parts.count)
    return .list(ValueList(unchecked: ContiguousArray(parts.map { wrap($0, isMarkup) })))
  }

  private func expect(_ arguments: ContiguousArray<Value>, _ count: ClosedRange<Int>) throws(Failure) {
    guard !count.contains(arguments.count) else { return }
    if count.upperBound == 0 {
      throw Failure(.type, "str.\(rawValue)() takes no arguments (\(arguments.count) given)")
    }
    if count.lowerBound == count.upperBound {
      throw Failure(.type, "str.\(rawValue)() takes exactly \(count.lowerBound) argument (\(arguments.count) given)")
    }
    let bound = arguments.count < count.lowerBound ? "at least \(count.lowerBound)" : "at most \(count.upperBound)"
    throw Failure(.type, "\(rawValue) expected \(bound) arguments, got \(arguments.count)")
  }

  private func changed(
    _ text: String, _ change: (String) -> String, _ isMarkup: Bool, _ arguments: ContiguousArray<Value>
  ) throws(Failure) -> Value {
    try expect(arguments, 0...0)
    return Self.wrap(change(text), isMarkup)
  }

  private func split(
    _ text: String, _ isMarkup: Bool, _ arguments: Arguments, _ machine: inout Machine
  ) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["sep", "maxsplit"], of: rawValue)
    let separator = try bound[0]?.optionalText("must be str or None")
    if separator?.utf8.isEmpty == true { throw Failure(.value, "empty separator") }
    let limit = try bound.integer(1, -1)
    try machine.build(bytes: text.utf8.count)
    let parts =
      self == .split
      ? PythonText.split(text, by: separator, limit: limit)
      : PythonText.splitFromEnd(text, by: separator, limit: limit)
    return try Self.list(parts, isMarkup, &machine)
  }

  private func isAffix(
    _ text: String, _ arguments: ContiguousArray<Value>, _ machine: inout Machine
  ) throws(Failure) -> Bool {
    try expect(arguments, 1...3)
    var part = text
    if arguments.count > 1 {
      let count = text.codePointCount
      let start = arguments[1].isNone ? 0 : try Methods.clamp(arguments[1], count)
      let stop = arguments.count > 2 && !arguments[2].isNone ? try Methods.clamp(arguments[2], count) : count
      if arguments[1].isNone == false, try arguments[1].index() > count { return false }
      part = text.codePoints(start, stop)
    }
    func has(_ affix: String) -> Bool { self == .startswith ? part.startsWith(affix) : part.endsWith(affix) }
    if let affix = arguments[0].text { return has(affix) }
    guard case .tuple(let list) = arguments[0] else {
      throw Failure(
        .type, "\(rawValue) first arg must be str or a tuple of str, not \(arguments[0].typeName)")
    }
    for element in list.elements {
      guard let affix = element.text else {
        throw Failure(.type, "tuple for \(rawValue) must only contain str, not \(element.typeName)")
      }
      if has(affix) { return true }
    }
    return false
  }

  private func join(
    _ text: String, _ isMarkup: Bool, _ arguments: ContiguousArray<Value>, _ machine: inout Machine
  ) throws(Failure) -> Value {
    try expect(arguments, 1...1)
    guard arguments[0].isIterable else { throw Failure(.type, "can only join an iterable") }
    var result = ""
    for (position, element) in try arguments[0].elements(&machine).enumerated() {
      if position > 0 { result += text }
      if isMarkup {
        let part = try element.string(&machine)
        result += element.isMarkup ? part : HTMLText.escaped(part)
      } else {
        guard let part = element.text else {
          throw Failure(.type, "sequence item \(position): expected str instance, \(element.typeName) found")
        }
        result += part
      }
      if result.utf8.count > machine.limits.stringBytes { throw machine.tooLong() }
    }
    try machine.build(bytes: result.utf8.count)
    return Self.wrap(result, isMarkup)
  }

  private func search(_ text: String, _ arguments: ContiguousArray<Value>) throws(Failure) -> Value {
    try expect(arguments, 1...3)
    guard let sought = arguments[0].text else {
      throw Failure(.type, "must be str, not \(arguments[0].typeName)")
    }
    let count = text.codePointCount
    var start = arguments.count > 1 && !arguments[1].isNone ? try arguments[1].index() : 0
    start = start < 0 ? max(0, start + count) : min(start, count + 1)
    let stop = arguments.count > 2 && !arguments[2].isNone ? try Methods.clamp(arguments[2], count) : count
    guard start <= stop else { return try notFound() }
    let part = start == 0 && stop == count ? text : text.codePoints(start, stop)
    if self == .count { return .int(PythonText.count(of: sought, in: part)) }
    let isFromEnd = self == .rfind || self == .rindex
    let found = isFromEnd ? part.lastOffset(of: sought, before: part.utf8.count) : part.offset(of: sought)
    guard let found else { return try notFound() }
    return .int(start + part.bytes(0, found).codePointCount)
  }

  private func notFound() throws(Failure) -> Value {
    switch self {
    case .count: return .int(0)
    case .index, .rindex: throw Failure(.value, "substring not found")
    default: return .int(-1)
    }
  }

  private func partition(
    _ text: String, _ isMarkup: Bool, _ arguments: ContiguousArray<Value>
  ) throws(Failure) -> Value {
    try expect(arguments, 1...1)
    let separator = try arguments[0].requiredText("must be str, not")
    guard !separator.utf8.isEmpty else { throw Failure(.value, "empty separator") }
    let found =
      self == .partition ? text.offset(of: separator) : text.lastOffset(of: separator, before: text.utf8.count)
    let parts: [String]
    if let found {
      parts = [
        text.bytes(0, found), separator, text.bytes(found + separator.utf8.count, text.utf8.count),
      ]
    } else {
      parts = self == .partition ? [text, "", ""] : ["", "", text]
    }
    return .tuple(ValueList(unchecked: ContiguousArray(parts.map { Self.wrap($0, isMarkup) })))
  }

  private func test(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    func all(_ condition: (Unicode.Scalar) -> Bool) -> Bool { !scalars.isEmpty && scalars.allSatisfy(condition) }
    switch self {
    case .isalnum: return all(\.isPythonAlphanumeric)
    case .isalpha: return all(\.isPythonAlpha)
    case .isascii: return scalars.allSatisfy(\.isASCII)
    case .isdecimal: return all(\.isPythonDecimal)
    case .isdigit: return all(\.isPythonDigit)
    case .isnumeric: return all(\.isPythonNumeric)
    case .isprintable: return scalars.allSatisfy(\.isPythonPrintable)
    case .isspace: return all(\.isPythonSpace)
    case .islower: return LetterCase.isLower(text)
    case .isupper: return LetterCase.isUpper(text)
    case .istitle: return LetterCase.isTitle(text)
    case .isidentifier:
      guard let first = scalars.first, first == "_" || first.properties.isXIDStart else { return false }
      return scalars.dropFirst().allSatisfy(\.properties.isXIDContinue)
    default: return false
    }
  }
}

extension String {
  func startsWith(_ prefix: String) -> Bool {
    prefix.utf8.count <= utf8.count && utf8.starts(with: prefix.utf8)
  }

  func endsWith(_ suffix: String) -> Bool {
    suffix.utf8.count <= utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}

extension Value {
  /// The text of an argument that may also be `None`.
  func optionalText(_ message: String) throws(Failure) -> String? {
    if isNone { return nil }
    guard let text else { throw Failure(.type, message) }
    return text
  }

  func requiredText(_ what: String) throws(Failure) -> String {
    guard let text else { throw Failure(.type, "\(what) must be str, not \(typeName)") }
    return text
  }
}
