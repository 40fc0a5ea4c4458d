/// Reads UTF-8 bytes into a tree. One parser can read many documents, and is faster for it: it keeps its stacks and the
/// keys that it has seen.
///
/// It doesn't call itself: open arrays and objects stand on a stack in memory, so depth takes none of the thread's
/// stack. Finished values wait on another one until their array or object closes and takes them at their exact count.
struct JSONParser: ~Copyable {
  let limits: JSONLimits
  private var values = GrowingStack<JSONValue>(capacity: 256)
  private var keys = GrowingStack<ScannedKey>(capacity: 64)
  private var open = GrowingStack<OpenContainer>(capacity: 64)
  private var strings: JSONStringScanner
  private let repeatedKeys: [String]
  private var repeated = RepeatedValues()
  /// Whether the member of the outermost object that is being read may have been read before.
  private var isSharing = false

  /// - Parameter size: bytes of all that it will read, as far as one knows. To set up a place for many keys costs more
  ///   than to read a small document.
  /// - Parameter repeatedKeys: the outermost object's members that are likely to come again in the next document. What comes
  ///   again, they or their elements, is not read again.
  init(limits: JSONLimits, forBytes size: Int = .max, repeatedKeys: [String] = []) {
    self.limits = limits
    self.repeatedKeys = repeatedKeys
    strings = JSONStringScanner(keptStrings: size < 1_024 ? 16 : 512)
  }

  /// Reads one value and nothing after it.
  mutating func parse(_ bytes: UnsafeRawBufferPointer) -> Result<JSONValue, JSONParseError> {
    defer {
      values.removeAll()
      keys.removeAll()
      open.removeAll()
      isSharing = false
    }
    guard let start = bytes.baseAddress else {
      return .failure(JSONParseError(JSONFailure(reason: .empty, offset: 0), in: bytes))
    }
    do throws(JSONFailure) {
      return .success(try document(JSONText(base: start, end: bytes.count)))
    } catch {
      return .failure(JSONParseError(error, in: bytes))
    }
  }

  private mutating func document(_ text: JSONText) throws(JSONFailure) -> JSONValue {
    var at = text.skippingSpace(from: 0)
    guard at < text.end else { throw JSONFailure(reason: .empty, offset: at) }
    if text.hasByteOrderMark { throw JSONFailure(reason: .byteOrderMark, offset: 0) }

    nextValue: while true {
      at = text.skippingSpace(from: at)
      guard at < text.end else { throw JSONFailure(reason: .unexpectedEnd, offset: at) }
      switch text[at] {
      case UInt8(ascii: "{") where isSharing && takeRepeated(text, at: &at),
        UInt8(ascii: "[") where isSharing && takeRepeated(text, at: &at):
        break
      case UInt8(ascii: "\""):
        values.push(.string(try strings.value(text, at: &at)))
      case UInt8(ascii: "{"):
        try openContainer(firstKey: keys.count, at: at)
        at = text.skippingSpace(from: at + 1)
        if at < text.end, text[at] == UInt8(ascii: "}") {
          open.forget(from: open.count - 1)
          values.push(.object(JSONObject()))
          at += 1
        } else {
          try key(text, at: &at)
          continue nextValue
        }
      case UInt8(ascii: "["):
        try openContainer(firstKey: -1, at: at)
        at = text.skippingSpace(from: at + 1)
        if at < text.end, text[at] == UInt8(ascii: "]") {
          open.forget(from: open.count - 1)
          values.push(.array([]))
          at += 1
        } else {
          continue nextValue
        }
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        values.push(try JSONNumberScanner.value(text, at: &at, limits))
      case UInt8(ascii: "t"): values.push(try word("true", .bool(true), text, at: &at))
      case UInt8(ascii: "f"): values.push(try word("false", .bool(false), text, at: &at))
      case UInt8(ascii: "n"): values.push(try word("null", .null, text, at: &at))
      default: throw noValue(text, at: at)
      }

      // A value is finished: close what ends here, up to the next comma or the end of the text.
      while open.count > 0 {
        at = text.skippingSpace(from: at)
        guard at < text.end else { throw JSONFailure(reason: .unexpectedEnd, offset: at) }
        let byte = text[at]
        let inObject = (open.base + open.count - 1).pointee.firstKey >= 0
        let start = (open.base + open.count - 1).pointee.start
        if byte == UInt8(ascii: ",") {
          at += 1
          if inObject {
            let comma = at - 1
            at = text.skippingSpace(from: at)
            if at < text.end, text[at] == UInt8(ascii: "}") {
              throw JSONFailure(reason: .trailingComma, offset: comma)
            }
            try key(text, at: &at)
          } else {
            let next = text.skippingSpace(from: at)
            if next < text.end, text[next] == UInt8(ascii: "]") {
              throw JSONFailure(reason: .trailingComma, offset: at - 1)
            }
            at = next
          }
          continue nextValue
        }
        if inObject {
          guard byte == UInt8(ascii: "}") else {
            throw JSONFailure(reason: .unexpected(byte, wanted: "`,` or `}`"), offset: at)
          }
          closeObject()
        } else {
          guard byte == UInt8(ascii: "]") else {
            throw JSONFailure(reason: .unexpected(byte, wanted: "`,` or `]`"), offset: at)
          }
          closeArray()
        }
        at += 1
        if isSharing, (1...2).contains(open.count) {
          repeated.keep((values.base + values.count - 1).pointee, text, from: start, to: at)
        }
      }

      at = text.skippingSpace(from: at)
      guard at == text.end else { throw JSONFailure(reason: .trailing, offset: at) }
      return values.pop()
    }
  }

  @inline(__always)
  private mutating func openContainer(firstKey: Int, at: Int) throws(JSONFailure) {
    if open.count == limits.maximumDepth {
      throw JSONFailure(reason: .tooDeep(limits.maximumDepth), offset: at)
    }
    open.push(OpenContainer(firstValue: values.count, firstKey: firstKey, start: at))
  }

  /// Takes the array or object that begins here, or one that is right within it, where it was read before.
  private mutating func takeRepeated(_ text: JSONText, at: inout Int) -> Bool {
    guard (1...2).contains(open.count), let (value, count) = repeated.find(text, at: at) else { return false }
    values.push(value)
    at += count
    return true
  }

  /// Reads a key and its colon.
  @inline(__always)
  private mutating func key(_ text: JSONText, at: inout Int) throws(JSONFailure) {
    guard at < text.end else { throw JSONFailure(reason: .unexpectedEnd, offset: at) }
    guard text[at] == UInt8(ascii: "\"") else {
      throw JSONFailure(reason: .unexpected(text[at], wanted: "a key in double quotes"), offset: at)
    }
    let key = try strings.key(text, at: &at)
    if !repeatedKeys.isEmpty, open.count == 1 { isSharing = repeatedKeys.contains { $0.hasSameBytes(as: key.text) } }
    keys.push(key)
    at = text.skippingSpace(from: at)
    guard at < text.end else { throw JSONFailure(reason: .unexpectedEnd, offset: at) }
    guard text[at] == UInt8(ascii: ":") else {
      throw JSONFailure(reason: .unexpected(text[at], wanted: "`:`"), offset: at)
    }
    at += 1
  }

  private mutating func closeArray() {
    let first = open.pop().firstValue
    let count = values.count - first
    let source = values.base + first
    let elements = [JSONValue](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.baseAddress?.moveInitialize(from: source, count: count)
      initialized = count
    }
    values.forget(from: first)
    values.push(.array(elements))
  }

  private mutating func closeObject() {
    let container = open.pop()
    let count = values.count - container.firstValue
    let keySource = keys.base + container.firstKey
    let valueSource = values.base + container.firstValue
    let object: JSONObject
    if count <= KeyIndex.threshold, !Self.mayRepeat(keySource, count) {
      let members = ContiguousArray<JSONObject.Member>(unsafeUninitializedCapacity: count) { buffer, initialized in
        for position in 0..<count {
          (buffer.baseAddress! + position).initialize(
            to: (key: (keySource + position).move().text, value: (valueSource + position).move()))
        }
        initialized = count
      }
      object = JSONObject(unique: members)
    } else {
      var careful = JSONObject()
      careful.members.reserveCapacity(count)
      for position in 0..<count {
        careful[(keySource + position).move().text] = (valueSource + position).move()
      }
      object = careful
    }
    keys.forget(from: container.firstKey)
    values.forget(from: container.firstValue)
    values.push(.object(object))
  }

  /// Whether two of a few keys may be the same; their marks decide in nearly every case.
  @inline(__always)
  private static func mayRepeat(_ keys: UnsafeMutablePointer<ScannedKey>, _ count: Int) -> Bool {
    var second = 1
    while second < count {
      let mark = keys[second].mark
      for first in 0..<second where keys[first].mark == mark { return true }
      second += 1
    }
    return false
  }

  private func word(
    _ word: StaticString, _ value: JSONValue, _ text: JSONText, at: inout Int
  ) throws(JSONFailure) -> JSONValue {
    for position in 0..<word.utf8CodeUnitCount {
      guard at < text.end else { throw JSONFailure(reason: .unexpectedEnd, offset: at) }
      guard text[at] == word.utf8Start[position] else {
        throw JSONFailure(reason: .unexpected(text[at], wanted: "true, false or null"), offset: at)
      }
      at += 1
    }
    return value
  }

  private func noValue(_ text: JSONText, at: Int) -> JSONFailure {
    switch text[at] {
    case UInt8(ascii: "N"), UInt8(ascii: "I"): JSONFailure(reason: .notANumber, offset: at)
    case let byte: JSONFailure(reason: .unexpected(byte, wanted: "a value"), offset: at)
    }
  }
}

/// An array or object whose end has not come yet. (Internal, since a private type within a generic that cannot be copied
/// stops the 6.3 compiler.)
struct OpenContainer {
  var firstValue: Int
  /// -1 in an array.
  var firstKey: Int
  /// Where its bracket stands.
  var start: Int
}
