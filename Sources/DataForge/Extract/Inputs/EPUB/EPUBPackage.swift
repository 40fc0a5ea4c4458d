/// What an EPUB's package document says: who wrote the book, which parts it has, and in what order they are read.
final class EPUBPackage: XMLFlow {
  struct Item {
    var href: String
    var mediaType: String
    /// Whether it is the table of contents.
    var isNavigation: Bool
  }

  private(set) var items: [String: Item] = [:]
  private(set) var spine: [String] = []
  private(set) var metadata: [String: String] = [:]
  private var open: String?
  private var value = ""

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "item":
      guard let id = attributes["id"], let href = attributes["href"] else { return }
      let properties = attributes["properties"]?.split(separator: " ") ?? []
      items[id] = Item(
        href: href, mediaType: attributes["media-type"] ?? "", isNavigation: properties.contains("nav"))
    case "itemref":
      if let id = attributes["idref"] { spine.append(id) }
    case _ where name.hasPrefix("dc:"):
      open = name
      value = ""
    default: break
    }
  }

  func end(_ name: String) {
    guard name == open else { return }
    if metadata[name] == nil, let text = InputText.clean(value) { metadata[name] = text }
    open = nil
  }

  func text(_ text: String) { if open != nil, value.utf8.count < 4_096 { value += text } }
}

/// Where an EPUB's package document lies, as `META-INF/container.xml` says.
final class EPUBContainer: XMLFlow {
  private(set) var path: String?

  func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "rootfile", path == nil { path = attributes["full-path"] }
  }

  func end(_ name: String) {}
  func text(_ text: String) {}
}

/// Which parts of an EPUB are encrypted, as `META-INF/encryption.xml` says. Fonts that are only made unreadable for
/// other programs do not count: nobody reads them here.
final class EPUBEncryption: XMLFlow {
  private(set) var paths: [String] = []

  func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "CipherReference", let path = attributes["URI"] { paths.append(PartPath.resolve(path, from: "")) }
  }

  func end(_ name: String) {}
  func text(_ text: String) {}
}
