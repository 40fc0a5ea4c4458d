/// Writes values as text into memory of its own, which it keeps from one value to the next.
///
/// The bytes are those of Python's `json.dumps`. A double that is not finite, which JSON cannot say, becomes `null`;
/// the parser never makes one, and `JSONValueEncoder` refuses it.
public struct JSONWriter: ~Copyable {
  private let style: JSONStyle
  private var out = ByteBuffer(capacity: 4096)

  /// A writer with no text yet.
  public init(style: JSONStyle = .compact) { self.style = style }

  /// How many bytes were written since the last `removeAll()`.
  public var count: Int { out.count }

  /// Lends the bytes written since the last `removeAll()`.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: out.base, count: out.count))
  }

  /// Forgets the text and keeps the memory.
  public mutating func removeAll() { out.count = 0 }

  /// Adds a byte, for example a line feed.
  public mutating func append(_ byte: UInt8) { out.append(byte) }

  /// Adds text as it is.
  public mutating func append(_ text: String) { out.append(text: text) }

  /// Adds a value's text.
  public mutating func write(_ value: JSONValue) { write(value, level: 0) }

  /// The text as a string.
  var string: String {
    let bytes = UnsafeBufferPointer(start: out.base.assumingMemoryBound(to: UInt8.self), count: out.count)
    // Everything that was put in came from strings, so it is UTF-8.
    return String(copying: unsafe UTF8Span(unchecked: bytes.span))
  }

  private mutating func write(_ value: JSONValue, level: Int) {
    switch value {
    case .array(let elements): write(elements, level)
    case .object(let object): write(object, level)
    case let scalar: write(scalar: scalar)
    }
  }

  private mutating func write(scalar: JSONValue) {
    switch scalar {
    case .bool(let value): out.append(value ? "true" : "false")
    case .integer(let value): out.append(integer: value)
    case .bigInteger(let digits): out.append(text: digits)
    case .double(let value): if value.isFinite { out.append(double: value) } else { out.append("null") }
    case .string(let text): write(text)
    case .null, .array, .object: out.append("null")
    }
  }

  private mutating func write(_ text: String) {
    if style.ensureASCII { out.append(asciiQuoted: text) } else { out.append(quoted: text) }
  }

  private mutating func write(_ elements: [JSONValue], _ level: Int) {
    if elements.isEmpty { return out.append("[]") }
    out.append(UInt8(ascii: "["))
    var first = true
    for element in elements {
      separate(&first, level)
      write(element, level: level + 1)
    }
    newLine(level)
    out.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ object: JSONObject, _ level: Int) {
    if object.members.isEmpty { return out.append("{}") }
    out.append(UInt8(ascii: "{"))
    var first = true
    if style.sortedKeys {
      for member in object.members.sorted(by: { $0.key.sortsBefore($1.key) }) { write(member, &first, level) }
    } else {
      for member in object.members { write(member, &first, level) }
    }
    newLine(level)
    out.append(UInt8(ascii: "}"))
  }

  @inline(__always)
  private mutating func write(_ member: JSONObject.Member, _ first: inout Bool, _ level: Int) {
    separate(&first, level)
    write(member.key)
    if case .compact = style.layout { out.append(UInt8(ascii: ":")) } else { out.append(": ") }
    write(member.value, level: level + 1)
  }

  /// Writes what stands before an element.
  @inline(__always)
  private mutating func separate(_ first: inout Bool, _ level: Int) {
    switch style.layout {
    case .compact: if !first { out.append(UInt8(ascii: ",")) }
    case .spaced: if !first { out.append(", ") }
    case .indented:
      if !first { out.append(UInt8(ascii: ",")) }
      newLine(level + 1)
    }
    first = false
  }

  @inline(__always)
  private mutating func newLine(_ level: Int) {
    guard case .indented(let width) = style.layout else { return }
    out.append(UInt8(ascii: "\n"))
    out.append(UInt8(ascii: " "), times: level * width)
  }
}
