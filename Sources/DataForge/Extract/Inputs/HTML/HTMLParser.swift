import CXML2

/// Lends libxml2's HTML parser to an `HTMLFlow`: no tree is built, nothing is loaded from anywhere.
enum HTMLParser {
  /// Parses a page and tells the flow what stands in it.
  static func parse(_ text: String, into flow: HTMLFlow, limits: InputLimits) throws(InputFailure) {
    var text = text
    // The parser takes a NUL for the end.
    if text.utf8.contains(0) { text = String(text.unicodeScalars.filter { $0.value != 0 }.map(Character.init)) }
    var failure: InputFailure?
    text.withUTF8 { bytes in
      do throws(InputFailure) {
        try MarkupScan.check(bytes, attributes: limits.attributes)
        try parse(bytes, into: flow)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>, into flow: HTMLFlow) throws(InputFailure) {
    guard bytes.count < Int32.max, bytes.count > 0, let context = htmlNewParserCtxt() else { return }
    defer { htmlFreeParserCtxt(context) }
    guard let handlers = context.pointee.sax else { return }
    handlers.initialize(to: xmlSAXHandler())
    handlers.pointee.startElement = { data, name, attributes in
      guard let flow = HTMLParser.flow(data), let name else { return }
      flow.start(String(cString: name), HTMLAttributes(list: attributes))
    }
    handlers.pointee.endElement = { data, name in
      guard let flow = HTMLParser.flow(data), let name else { return }
      flow.end(String(cString: name))
    }
    let characters: charactersSAXFunc = { data, text, length in
      guard let flow = HTMLParser.flow(data), let text, length > 0 else { return }
      flow.text(String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self))
    }
    handlers.pointee.characters = characters
    handlers.pointee.ignorableWhitespace = characters
    let box = Box(flow: flow, context: context)
    try withExtendedLifetime(box) { () throws(InputFailure) in
      context.pointee.userData = Unmanaged.passUnretained(box).toOpaque()
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue
      let tree = bytes.withMemoryRebound(to: CChar.self) {
        htmlCtxtReadMemory(context, $0.baseAddress, Int32($0.count), nil, "UTF-8", Int32(options))
      }
      if let tree { xmlFreeDoc(tree) }
      flow.finish()
      if let failure = flow.failure { throw failure }
    }
  }

  /// What the parser's functions are handed back.
  private final class Box {
    let flow: HTMLFlow
    let context: htmlParserCtxtPtr

    init(flow: HTMLFlow, context: htmlParserCtxtPtr) {
      self.flow = flow
      self.context = context
    }
  }

  private static func flow(_ data: UnsafeMutableRawPointer?) -> HTMLFlow? {
    guard let data else { return nil }
    let box = Unmanaged<Box>.fromOpaque(data).takeUnretainedValue()
    guard box.flow.failure == nil else {
      xmlStopParser(box.context)
      return nil
    }
    return box.flow
  }
}
