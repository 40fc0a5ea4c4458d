/// `str.format`, with attributes and elements read as the sandbox lets them.
struct StringFormat {
  private let arguments: Arguments
  private let mapping: Value?
  private let isMarkup: Bool

  init(_ arguments: Arguments, isMarkup: Bool) {
    self.arguments = arguments
    self.isMarkup = isMarkup
    mapping = nil
  }

  /// For `format_map`.
  init(mapping arguments: Arguments, isMarkup: Bool) throws(Failure) {
    guard arguments.named.isEmpty else { throw Failure(.type, "format_map() takes no keyword arguments") }
    guard arguments.positional.count == 1 else {
      throw Failure(
        .type, "format_map() takes exactly one argument (\(arguments.positional.count) given)")
    }
    self.arguments = .none
    mapping = arguments.positional[0]
    self.isMarkup = isMarkup
  }

  func format(_ text: String, _ machine: inout Machine) throws(Failure) -> String {
    var numbering = Numbering()
    return try format(Array(text.unicodeScalars), depth: 2, &numbering, &machine)
  }

  /// Whether fields are numbered in order or by hand; not both.
  private struct Numbering {
    var next: Int?
    var isManual = false
  }

  private func format(
    _ scalars: [Unicode.Scalar], depth: Int, _ numbering: inout Numbering, _ machine: inout Machine
  ) throws(Failure) -> String {
    guard depth > 0 else { throw Failure(.value, "Max string recursion exceeded") }
    var result = ""
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      if scalar == "{" {
        if at < scalars.count, scalars[at] == "{" {
          result += "{"
          at += 1
          continue
        }
        result += try field(scalars, &at, depth: depth, &numbering, &machine)
        guard result.utf8.count <= machine.limits.stringBytes else { throw machine.tooLong() }
      } else if scalar == "}" {
        guard at < scalars.count, scalars[at] == "}" else {
          throw Failure(.value, "Single '}' encountered in format string")
        }
        result += "}"
        at += 1
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    try machine.build(bytes: result.utf8.count)
    return result
  }

  private func field(
    _ scalars: [Unicode.Scalar], _ at: inout Int, depth: Int, _ numbering: inout Numbering, _ machine: inout Machine
  ) throws(Failure) -> String {
    let start = at
    var open = 1
    var inBrackets = false
    var nameEnd: Int?
    while at < scalars.count {
      switch scalars[at] {
      case "[" where nameEnd == nil: inBrackets = true
      case "]" where nameEnd == nil: inBrackets = false
      case "{": open += 1
      case "}": open -= 1
      case ":" where open == 1 && !inBrackets, "!" where open == 1 && !inBrackets:
        if nameEnd == nil { nameEnd = at }
      default: break
      }
      if open == 0 { break }
      at += 1
    }
    guard at < scalars.count else {
      throw Failure(
        .value, start == scalars.count ? "Single '{' encountered in format string" : "expected '}' before end of string"
      )
    }
    let end = at
    at += 1
    let name = Array(scalars[start..<(nameEnd ?? end)])
    var rest = nameEnd ?? end
    var value = try value(of: name, &numbering, &machine)
    if rest < end, scalars[rest] == "!" {
      guard rest + 1 < end else { throw Failure(.value, "end of string while looking for conversion specifier") }
      value = try converted(value, scalars[rest + 1], &machine)
      rest += 2
      guard rest == end || scalars[rest] == ":" else {
        throw Failure(.value, "expected ':' after conversion specifier")
      }
    }
    var specification = ""
    if rest < end {
      specification = try format(Array(scalars[(rest + 1)..<end]), depth: depth - 1, &numbering, &machine)
    }
    if isMarkup {
      if value.isMarkup {
        guard specification.utf8.isEmpty else {
          throw Failure(.value, "Unsupported format specification for Markup.")
        }
        return try value.string(&machine)
      }
      return HTMLText.escaped(try value.formatted(specification, &machine))
    }
    return try value.formatted(specification, &machine)
  }

  private func converted(
    _ value: Value, _ conversion: Unicode.Scalar, _ machine: inout Machine
  ) throws(Failure) -> Value {
    switch conversion {
    case "s": return .string(try value.string(&machine))
    case "r": return .string(try value.representation(&machine))
    case "a":
      return .string(PythonRepr.ascii(try value.representation(&machine)))
    default: throw Failure(.value, "Unknown conversion specifier \(conversion)")
    }
  }

  /// Reads `name.attribute[element]…`.
  private func value(
    of path: [Unicode.Scalar], _ numbering: inout Numbering, _ machine: inout Machine
  ) throws(Failure) -> Value {
    let firstEnd = path.firstIndex { $0 == "." || $0 == "[" } ?? path.count
    var value = try first(text(path[..<firstEnd]), &numbering, &machine)
    var at = firstEnd
    while at < path.count {
      if path[at] == "." {
        let end = path[(at + 1)...].firstIndex { $0 == "." || $0 == "[" } ?? path.count
        guard end > at + 1 else { throw Failure(.value, "Empty attribute in format string") }
        value = try value.attribute(text(path[(at + 1)..<end]), &machine)
        at = end
      } else if path[at] == "[" {
        guard let end = path[at...].firstIndex(of: "]") else {
          throw Failure(.value, "Missing ']' in format string")
        }
        guard end > at + 1 else { throw Failure(.value, "Empty attribute in format string") }
        let key = text(path[(at + 1)..<end])
        value = try value.item(number(key).map { .int($0) } ?? .string(key), &machine)
        at = end + 1
      } else {
        throw Failure(.value, "Only '.' or '[' may follow ']' in format field specifier")
      }
    }
    return value
  }

  private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }

  private func number(_ text: String) -> Int? {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(text) : nil
  }

  private func first(
    _ name: String, _ numbering: inout Numbering, _ machine: inout Machine
  ) throws(Failure) -> Value {
    var index = number(name)
    if name.utf8.isEmpty {
      guard !numbering.isManual else {
        throw Failure(.value, "cannot switch from manual field specification to automatic field numbering")
      }
      index = numbering.next ?? 0
      numbering.next = (numbering.next ?? 0) + 1
    } else if index != nil {
      guard numbering.next == nil else {
        throw Failure(.value, "cannot switch from manual field specification to automatic field numbering")
      }
      numbering.isManual = true
    }
    if let index {
      guard index < arguments.positional.count else {
        throw Failure(.index, "Replacement index \(index) out of range for positional args tuple")
      }
      return arguments.positional[index]
    }
    if let mapping {
      guard let value = mapping.member(.string(name)) else { throw Failure(.key, PythonRepr.quoted(name)) }
      return value
    }
    guard let member = arguments.named.first(where: { $0.name == name }) else {
      throw Failure(.key, PythonRepr.quoted(name))
    }
    return member.value
  }
}
