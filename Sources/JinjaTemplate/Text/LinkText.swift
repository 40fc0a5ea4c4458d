/// Turns the addresses in a text into links: Jinja's `urlize`.
struct LinkText {
  let longest: Int?
  let relations: String
  let target: String?
  let schemes: [String]

  /// Links what is linkable in text that is escaped already.
  func linked(_ text: String) -> String {
    var result = ""
    var word = ""
    for scalar in text.unicodeScalars {
      if scalar.isPythonSpace {
        result += linked(word: word)
        word = ""
        result.unicodeScalars.append(scalar)
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    return result + linked(word: word)
  }

  private func linked(word: String) -> String {
    guard !word.utf8.isEmpty else { return "" }
    var head = ""
    var middle = word
    var tail = ""
    while let open = ["(", "<", "&lt;"].first(where: { middle.startsWith($0) }) {
      head += open
      middle = middle.bytes(open.utf8.count, middle.utf8.count)
    }
    while let close = [")", ">", ".", ",", "&gt;"].first(where: { middle.endsWith($0) }) {
      tail = close + tail
      middle = middle.bytes(0, middle.utf8.count - close.utf8.count)
    }
    // Brackets that the address itself opened belong to it.
    for (open, close) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] {
      let opened = PythonText.count(of: open, in: middle)
      guard opened > PythonText.count(of: close, in: middle) else { continue }
      for _ in 0..<min(opened, PythonText.count(of: close, in: tail)) {
        guard let found = tail.offset(of: close) else { break }
        let end = found + close.utf8.count
        middle += tail.bytes(0, end)
        tail = tail.bytes(end, tail.utf8.count)
      }
    }
    return head + link(middle) + tail
  }

  private func link(_ text: String) -> String {
    let rel = relations.utf8.isEmpty ? "" : " rel=\"\(HTMLText.escaped(relations))\""
    let target = target.map { $0.utf8.isEmpty ? "" : " target=\"\(HTMLText.escaped($0))\"" } ?? ""
    if Self.isWebAddress(text) {
      let isComplete = text.startsWith("https://") || text.startsWith("http://")
      return "<a href=\"\(isComplete ? "" : "https://")\(text)\"\(rel)\(target)>\(trimmed(text))</a>"
    }
    if text.startsWith("mailto:"), Self.isMailAddress(text.bytes(7, text.utf8.count)) {
      return "<a href=\"\(text)\">\(text.bytes(7, text.utf8.count))</a>"
    }
    if text.contains("@"), !text.startsWith("www."), !text.startsWith("@"), !text.contains(":"),
      Self.isMailAddress(text)
    {
      return "<a href=\"mailto:\(text)\">\(text)</a>"
    }
    var linked = text
    for scheme in schemes where !linked.hasSameBytes(as: scheme) && linked.startsWith(scheme) {
      linked = "<a href=\"\(linked)\"\(rel)\(target)>\(linked)</a>"
    }
    return linked
  }

  private func trimmed(_ text: String) -> String {
    guard let longest, text.codePointCount > longest else { return text }
    let kept = longest < 0 ? max(0, text.codePointCount + longest) : longest
    return text.codePoints(0, kept) + "..."
  }

  // MARK: what is an address

  /// `name:`, `name:/` or `name://`.
  static func isScheme(_ text: String) -> Bool {
    guard let colon = text.offset(of: ":") else { return false }
    let name = text.bytes(0, colon)
    let rest = text.bytes(colon + 1, text.utf8.count)
    return name.codePointCount >= 2 && ["", "/", "//"].contains(rest)
      && name.unicodeScalars.allSatisfy { $0.isPythonWord || ".+-".unicodeScalars.contains($0) }
  }

  private static func isMailAddress(_ text: String) -> Bool {
    guard let at = text.lastOffset(of: "@", before: text.utf8.count), at > 0 else { return false }
    let host = Array(text.bytes(at + 1, text.utf8.count).unicodeScalars)
    guard let first = host.first, first.isPythonWord, let dot = host.lastIndex(of: "."), dot > 0, dot < host.count - 1
    else { return false }
    return host[..<dot].allSatisfy { $0.isPythonWord || $0 == "." || $0 == "-" }
      && host[(dot + 1)...].allSatisfy(\.isPythonWord)
  }

  private static func isWebAddress(_ text: String) -> Bool {
    let lower = LetterCase.lower(text)
    var hasScheme = false
    var host = lower
    for prefix in ["http://", "https://", "www."] where lower.startsWith(prefix) {
      if isHost(String(lower.dropFirst(prefix.count)), hasScheme: prefix != "www.", hasPrefix: true) { return true }
      hasScheme = true
    }
    if hasScheme, !lower.startsWith("www.") { return false }
    host = lower
    return isHost(host, hasScheme: false, hasPrefix: false)
  }

  /// Whether it is a host with, maybe, a port and a path.
  private static func isHost(_ text: String, hasScheme: Bool, hasPrefix: Bool) -> Bool {
    let end = text.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    var host = String(text[..<(end ?? text.endIndex)])
    if let colon = host.lastOffset(of: ":", before: host.utf8.count) {
      let port = host.bytes(colon + 1, host.utf8.count)
      if (1...5).contains(port.codePointCount), port.unicodeScalars.allSatisfy(\.isPythonDecimal),
        !host.startsWith("[") || host.bytes(0, colon).endsWith("]")
      {
        host = host.bytes(0, colon)
      }
    }
    let labels = PythonText.split(host, by: ".", limit: -1)
    func isLabel(_ label: String) -> Bool {
      !label.utf8.isEmpty && label.unicodeScalars.allSatisfy { $0.isPythonWord || $0 == "%" || $0 == "-" }
    }
    guard let top = labels.last else { return false }
    if hasPrefix, labels.dropLast().allSatisfy(isLabel) {
      if (2...63).contains(top.utf8.count), top.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) { return true }
      let rest = top.unicodeScalars.dropFirst(4)
      if top.startsWith("xn--"), (2...59).contains(rest.count),
        rest.allSatisfy({ $0.isPythonWord || $0 == "%" })
      {
        return true
      }
    }
    if labels.count > 1, ["com", "net", "int", "edu", "gov", "org", "info", "mil"].contains(top),
      labels.dropLast().allSatisfy({ isLabel($0) && (2...63).contains($0.codePointCount) })
    {
      return true
    }
    return hasScheme && (isIPv4(labels) || isIPv6(host))
  }

  private static func isIPv4(_ labels: [String]) -> Bool {
    labels.count == 4
      && labels.allSatisfy { (1...3).contains($0.codePointCount) && $0.unicodeScalars.allSatisfy(\.isPythonDecimal) }
  }

  private static func isIPv6(_ host: String) -> Bool {
    guard host.startsWith("["), host.endsWith("]") else { return false }
    let groups = PythonText.split(host.bytes(1, host.utf8.count - 1), by: ":", limit: -1)
    return (3...9).contains(groups.count) && groups.allSatisfy { $0.utf8.count <= 4 }
      && groups.allSatisfy { $0.unicodeScalars.allSatisfy { $0.isPythonDecimal || ("a"..."f").contains($0) } }
  }
}
