/// What files say about themselves, made fit for a document's fields.
enum InputText {
  /// One line without doubled spaces; `nil` where nothing is left.
  static func clean(_ text: String?) -> String? {
    guard let text else { return nil }
    var flow = FlowText()
    flow.append(text.prefix(2_000))
    flow.settle()
    return flow.isEmpty ? nil : String(decoding: flow.bytes, as: UTF8.self)
  }

  /// A date or a time in UTC in ISO 8601's form; `nil` for any other.
  static func date(_ text: String?) -> String? {
    guard let text = clean(text) else { return nil }
    let bytes = Array(text.utf8)
    let isDate =
      bytes.count >= 10
      && bytes.prefix(10).enumerated().allSatisfy { index, byte in
        index == 4 || index == 7 ? byte == UInt8(ascii: "-") : LineLabel.isDigit(byte)
      }
    guard isDate else { return nil }
    let isTime = bytes.count == 20 && bytes[10] == UInt8(ascii: "T") && bytes[19] == UInt8(ascii: "Z")
    return isTime ? text : String(text.prefix(10))
  }

  /// The name of a programming language; `nil` for what cannot be one.
  static func language(_ word: Substring?) -> String? {
    guard let word else { return nil }
    let name = word.drop { $0 == "." }
    let isName = name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "+-#_".unicodeScalars.contains($0)
    }
    return isName && !name.isEmpty && name.utf8.count <= 24 ? name.lowercased() : nil
  }
}
