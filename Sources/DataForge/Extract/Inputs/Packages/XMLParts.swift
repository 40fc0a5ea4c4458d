import CXML2

/// What is told of an XML part while it is parsed: no tree is built.
protocol XMLFlow: AnyObject {
  /// Names carry the short prefix that `XMLParts` has for their namespace: `w:p`.
  func start(_ name: String, _ attributes: XMLAttributes)
  func end(_ name: String)
  func text(_ text: String)
}

/// The attributes of an element, by their local names.
struct XMLAttributes {
  let count: Int
  /// Five pointers each: local name, prefix, namespace, the value's beginning and end.
  let list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

  subscript(_ name: StaticString) -> String? {
    guard let list else { return nil }
    for index in 0..<count {
      guard let key = list[index * 5], let start = list[index * 5 + 3], let end = list[index * 5 + 4] else { continue }
      if name.withUTF8Buffer({ name in xmlStrncmp(key, name.baseAddress, Int32(name.count)) == 0 && key[name.count] == 0
      }) {
        let value = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        return value.utf8.contains(UInt8(ascii: "&")) ? Self.unescaped(value) : value
      }
    }
    return nil
  }

  /// The parser leaves `&#38;` in a value where it stands for `&` (its own way to keep `&amp;lt;` apart).
  private static func unescaped(_ value: String) -> String { value.replacing("&#38;", with: "&") }

  /// A switch of WordprocessingML: on where it stands without a value.
  var isOn: Bool {
    guard let value = self["val"] else { return true }
    return value != "0" && value != "false" && value != "off" && value != "none"
  }

  func number(_ name: StaticString) -> Int? { self[name].flatMap { Int($0) } }
}

/// Lends libxml2's XML parser to an `XMLFlow`: no entities but the five, nothing loaded from anywhere, no depth over
/// 256 (the parser's own limit).
enum XMLParts {
  private static let prefixes: [String: String] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
  ]

  /// Parses a part.
  /// - Parameter isStrict: whether a part that is not well-formed is an error; else what can be read of it is read.
  static func parse(
    _ bytes: [UInt8], part: String, into flow: any XMLFlow, isStrict: Bool = true, limits: InputLimits
  ) throws(InputFailure) {
    var failure: InputFailure?
    bytes.withUnsafeBufferPointer { bytes in
      do throws(InputFailure) {
        try MarkupScan.check(bytes, attributes: limits.attributes)
        try parse(bytes, part, flow, isStrict)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private static func parse(
    _ bytes: UnsafeBufferPointer<UInt8>, _ part: String, _ flow: any XMLFlow, _ isStrict: Bool
  ) throws(InputFailure) {
    guard bytes.count > 0, bytes.count < Int32.max, let context = xmlNewParserCtxt() else {
      throw .damaged("its part \(part) is empty")
    }
    defer { xmlFreeParserCtxt(context) }
    guard let handlers = context.pointee.sax else { return }
    handlers.initialize(to: xmlSAXHandler())
    handlers.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    handlers.pointee.startElementNs = { data, name, _, namespace, _, _, count, _, attributes in
      guard let box = XMLParts.box(data), let name else { return }
      box.flow.start(box.name(name, namespace), XMLAttributes(count: Int(count), list: attributes))
    }
    handlers.pointee.endElementNs = { data, name, _, namespace in
      guard let box = XMLParts.box(data), let name else { return }
      box.flow.end(box.name(name, namespace))
    }
    let characters: charactersSAXFunc = { data, text, length in
      guard let box = XMLParts.box(data), let text, length > 0 else { return }
      box.flow.text(String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self))
    }
    handlers.pointee.characters = characters
    handlers.pointee.ignorableWhitespace = characters
    handlers.pointee.cdataBlock = characters
    let box = Box(flow)
    withExtendedLifetime(box) {
      context.pointee.userData = Unmanaged.passUnretained(box).toOpaque()
      let options =
        XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue
        | (isStrict ? 0 : XML_PARSE_RECOVER.rawValue)
      let tree = bytes.withMemoryRebound(to: CChar.self) {
        xmlCtxtReadMemory(context, $0.baseAddress, Int32($0.count), nil, nil, Int32(options))
      }
      if let tree { xmlFreeDoc(tree) }
    }
    if isStrict, context.pointee.wellFormed == 0 { throw .damaged("its part \(part) is no well-formed XML") }
  }

  /// What the parser's functions are handed back.
  private final class Box {
    let flow: any XMLFlow
    /// The parser has each name once, so that its place stands for it.
    private var names: [Key: String] = [:]

    private struct Key: Hashable {
      var name: UnsafePointer<xmlChar>
      var namespace: UnsafePointer<xmlChar>?
    }

    init(_ flow: any XMLFlow) { self.flow = flow }

    func name(_ name: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?) -> String {
      let key = Key(name: name, namespace: namespace)
      if let known = names[key] { return known }
      let prefix = namespace.flatMap { XMLParts.prefixes[String(cString: $0)] } ?? ""
      let full = prefix + String(cString: name)
      names[key] = full
      return full
    }
  }

  private static func box(_ data: UnsafeMutableRawPointer?) -> Box? {
    data.map { Unmanaged<Box>.fromOpaque($0).takeUnretainedValue() }
  }
}
