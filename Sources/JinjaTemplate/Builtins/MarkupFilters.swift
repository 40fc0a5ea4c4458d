import OrderedJSON

/// The filters that escape for HTML and URLs.
enum MarkupFilters {
  static func escape(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "escape")
    return .markup(try html(value, &machine))
  }

  /// The value as text that counts as HTML.
  private static func html(_ value: Value, _ machine: inout Machine) throws(Failure) -> String {
    let text = try value.string(&machine)
    if value.isMarkup { return text }
    let escaped = HTMLText.escaped(text)
    try machine.build(bytes: escaped.utf8.count)
    return escaped
  }

  static func forceEscape(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_forceescape")
    return .markup(try html(.string(value.string(&machine)), &machine))
  }

  static func safe(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_mark_safe")
    return .markup(try value.string(&machine))
  }

  static func stripTags(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_striptags")
    return .string(HTMLText.strippedOfTags(try value.string(&machine)))
  }

  static func attributes(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(arguments, to: ["autospace"], of: "do_xmlattr")
    if case .undefined(let undefined) = value { throw undefined.failure }
    guard value.isMapping else { throw Failure(.attribute, "'\(value.typeName)' object has no attribute 'items'") }
    let keys = DictView(.keys, of: value)
    let values = DictView(.values, of: value)
    var parts: [String] = []
    for position in 0..<keys.count {
      if values[position].isNone || values[position].isUndefined { continue }
      guard let key = keys[position].text else {
        throw Failure(.type, "expected string or bytes-like object, got '\(keys[position].typeName)'")
      }
      let bad: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\u{0B}", "\u{0C}", "/", ">", "="]
      guard !key.unicodeScalars.contains(where: bad.contains) else {
        throw Failure(.value, "Invalid character in attribute name: \(PythonRepr.quoted(key))")
      }
      parts.append("\(try html(keys[position], &machine))=\"\(try html(values[position], &machine))\"")
    }
    var text = parts.joined(separator: " ")
    if try bound.isTrue(0, true, &machine), !parts.isEmpty { text = " " + text }
    try machine.build(bytes: text.utf8.count)
    return StringMethod.wrap(text, machine.autoescape)
  }

  // MARK: URLs

  static func urlEncode(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    _ = try BoundArguments(arguments, to: [], of: "do_urlencode")
    if value.text != nil || !value.isIterable {
      return .string(try quoted(value, inQuery: false, &machine))
    }
    let pairs = value.isMapping ? DictView(.items, of: value).elements : try value.elements(&machine)
    var parts: [String] = []
    for pair in pairs {
      guard pair.isIterable else { throw Failure(.type, "cannot unpack non-iterable \(pair.typeName) object") }
      let both = try pair.elements(&machine)
      guard both.count == 2 else {
        throw Failure(.value, "expected 2 values to unpack, got \(both.count)")
      }
      parts.append(
        try quoted(both[0], inQuery: true, &machine) + "=" + quoted(both[1], inQuery: true, &machine))
    }
    return .string(parts.joined(separator: "&"))
  }

  private static func quoted(_ value: Value, inQuery: Bool, _ machine: inout Machine) throws(Failure) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    let text = try value.string(&machine)
    try machine.build(bytes: text.utf8.count * 3)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "~"):
        bytes.append(byte)
      case UInt8(ascii: "/") where !inQuery: bytes.append(byte)
      case UInt8(ascii: " ") where inQuery: bytes.append(UInt8(ascii: "+"))
      default: bytes.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func links(_ value: Value, _ arguments: Arguments, _ machine: inout Machine) throws(Failure) -> Value {
    let bound = try BoundArguments(
      arguments, to: ["trim_url_limit", "nofollow", "target", "rel", "extra_schemes"], of: "do_urlize")
    var relations: Set<String> = ["noopener"]
    if let rel = try bound.some(3)?.requiredText("rel") {
      relations.formUnion(PythonText.split(rel, by: nil, limit: -1))
    }
    if try bound.isTrue(1, &machine) { relations.insert("nofollow") }
    var schemes: [String] = []
    for scheme in try bound.some(4)?.elements(&machine) ?? [] {
      let text = try scheme.requiredText("scheme")
      guard LinkText.isScheme(text) else {
        throw Failure(.filterArgument, "\(PythonRepr.quoted(text)) is not a valid URI scheme prefix.")
      }
      schemes.append(text)
    }
    let link = LinkText(
      longest: try bound.some(0)?.index(),
      relations: relations.sorted(by: { $0.sortsBefore($1) }).joined(separator: " "),
      target: try bound.some(2)?.requiredText("target"), schemes: schemes)
    let text = try html(value, &machine)
    try machine.step(text.utf8.count / 16)
    let linked = link.linked(text)
    try machine.build(bytes: linked.utf8.count)
    return StringMethod.wrap(linked, machine.autoescape)
  }
}
