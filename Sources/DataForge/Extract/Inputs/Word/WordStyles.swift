/// What a Word document's named styles say about the paragraphs that are set in them.
final class WordStyles: XMLFlow {
  /// What a paragraph is by its style.
  enum Kind: Equatable {
    case body
    case title
    case heading(Int)
    case caption
    case code
    case contents
  }

  private struct Style {
    var name = ""
    var parent: String?
    var outline: Int?
    var list: String?
    var listLevel: Int?
    var isHidden = false
  }

  /// How many styles a style may be based on, one on the other.
  private static let depthLimit = 20

  private var styles: [String: Style] = [:]
  private var id: String?
  private var style = Style()

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "w:style":
      id = attributes["styleId"]
      style = Style()
    case "w:name": style.name = attributes["val"]?.lowercased() ?? ""
    case "w:basedOn": style.parent = attributes["val"]
    case "w:outlineLvl": style.outline = attributes.number("val")
    case "w:numId": style.list = attributes["val"]
    case "w:ilvl": style.listLevel = attributes.number("val")
    case "w:vanish": style.isHidden = attributes.isOn
    default: break
    }
  }

  func end(_ name: String) {
    guard name == "w:style", let id else { return }
    styles[id] = style
    self.id = nil
  }

  func text(_ text: String) {}

  /// What a style, or one that it is based on, says a paragraph is.
  func kind(of id: String?) -> Kind {
    for style in chain(from: id) {
      let name = style.name
      if name == "title" { return .title }
      if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)), (1...9).contains(level) {
        return .heading(level)
      }
      if name == "caption" || name.hasSuffix(" caption") { return .caption }
      if name.hasPrefix("toc ") || name == "toc heading" || name.hasPrefix("table of figures") { return .contents }
      if name == "html preformatted" || name == "plain text" || name.contains("source code") || name == "code"
        || name.contains("verbatim") || name == "preformatted text" || name.hasPrefix("code block")
      {
        return .code
      }
      if let outline = style.outline { return outline < 9 && outline >= 0 ? .heading(outline + 1) : .body }
    }
    return .body
  }

  /// The list that a style belongs to.
  func list(of id: String?) -> (list: String, level: Int)? {
    for style in chain(from: id) {
      if let list = style.list { return (list, style.listLevel ?? 0) }
    }
    return nil
  }

  /// Whether a style's text is hidden.
  func isHidden(_ id: String?) -> Bool { chain(from: id).contains(where: \.isHidden) }

  private func chain(from id: String?) -> [Style] {
    var chain: [Style] = []
    var next = id
    while let id = next, let style = styles[id], chain.count < Self.depthLimit {
      chain.append(style)
      next = style.parent
    }
    return chain
  }
}
