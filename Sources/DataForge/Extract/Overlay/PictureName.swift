/// What a document's page pictures are called: safe in any folder, and never the same for two documents.
///
/// It depends on the document's path alone, so that workers need not agree: `a/manual.pdf` gives `a/manual-0001.png`. Where
/// the path cannot stand as it is, or has another extension or none, its hash keeps the name apart from others.
struct PictureName: Hashable {
  /// The folders below the pictures' folder, without a slash at either end; may be empty.
  var folders: String
  /// The name before the page's number.
  var base: String

  /// File systems allow 255 bytes; the number and the extension follow.
  private static let longest = 200

  init(document path: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPlain = path.hasSuffix(".pdf") && parts.last != ".pdf"
    if isPlain { parts[parts.count - 1].removeLast(4) }
    let safe = parts.compactMap(Self.safe)
    base = safe.last ?? "document"
    folders = safe.dropLast().joined(separator: "/")
    if !isPlain || safe != parts { base += "-" + StableID.of("picture", path).prefix(8) }
  }

  func picture(ofPage number: Int) -> String {
    let digits = String(number)
    let name = base + "-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".png"
    return folders.isEmpty ? name : folders + "/" + name
  }

  /// A part of a path without what leads elsewhere or what terminals and other systems trip over; `nil` for nothing.
  private static func safe(_ part: String) -> String? {
    if part.isEmpty || part == "." || part == ".." { return nil }
    var result = String.UnicodeScalarView()
    var length = 0
    for scalar in part.unicodeScalars {
      let isOdd = scalar.properties.generalCategory == .control || "\\:*?\"<>|".unicodeScalars.contains(scalar)
      let kept = isOdd || (length == 0 && scalar == "-") ? "_" : scalar
      length += UTF8.width(kept)
      if length > longest { break }
      result.append(kept)
    }
    return String(result)
  }
}
