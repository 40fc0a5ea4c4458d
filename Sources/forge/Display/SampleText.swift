import DataForge

/// A sample as a person reads it: the turns, and where the words stand.
enum SampleText {
  static func text(_ sample: Sample) -> String {
    var lines = ["A finished sample"]
    for message in sample.messages {
      if let reasoning = message.reasoningContent { lines.append(field("rationale", reasoning)) }
      if let content = message.content { lines.append(field(message.role.rawValue, content)) }
    }
    let source = sample.source
    let pages = source.pages.map(String.init).joined(separator: ", ")
    lines.append(field("quote", "“\(source.quote)”"))
    lines.append(field("source", "\(source.document), page\(source.pages.count == 1 ? "" : "s") \(pages)"))
    return lines.joined(separator: "\n")
  }

  /// A label and a text, wrapped beside it. Control characters of a document never reach the terminal.
  private static func field(_ label: String, _ text: String) -> String {
    let indent = 13
    let width = max(40, min(Console.width, 110) - indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      let safe = String(
        String.UnicodeScalarView(word.unicodeScalars.filter { $0.properties.generalCategory != .control }))
      if !line.isEmpty, line.count + safe.count + 1 > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + safe
    }
    lines.append(line)
    let margin = String(repeating: " ", count: indent)
    let head = "  " + label.padding(to: indent - 2)
    return head + lines.joined(separator: "\n" + margin)
  }
}

extension String {
  /// The text with blanks after it up to this many characters.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
