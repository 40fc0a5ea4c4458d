/// The kinds of files that text is read from.
enum InputKind: String, CaseIterable {
  case pdf
  case markdown
  case html
  case plainText
  case word
  case epub
  /// A scan: read only where OCR is at hand.
  case picture

  /// How a person calls it, with its article.
  var name: String {
    switch self {
    case .pdf: "a PDF"
    case .markdown: "a Markdown file"
    case .html: "an HTML page"
    case .plainText: "a text file"
    case .word: "a Word document"
    case .epub: "an EPUB"
    case .picture: "a picture"
    }
  }

  /// What is said wherever a kind cannot be read.
  static let list = "PDF, Markdown, HTML, plain text, DOCX, EPUB and scans (PNG, JPEG, TIFF)"

  private static let extensions: [String: InputKind] = [
    "pdf": .pdf,
    "md": .markdown, "markdown": .markdown, "mdown": .markdown, "mkd": .markdown, "mkdn": .markdown, "qmd": .markdown,
    "rmd": .markdown,
    "html": .html, "htm": .html, "xhtml": .html, "xht": .html,
    "txt": .plainText, "text": .plainText,
    "docx": .word, "docm": .word, "dotx": .word, "dotm": .word,
    "epub": .epub,
    "png": .picture, "jpg": .picture, "jpeg": .picture, "tif": .picture, "tiff": .picture,
  ]

  /// Files without an extension that are programs' and not people's texts.
  private static let scripts: Set<String> = [
    "makefile", "gnumakefile", "dockerfile", "containerfile", "jenkinsfile", "vagrantfile", "gemfile", "rakefile",
    "procfile", "brewfile", "podfile", "fastfile", "codeowners", "configure",
  ]

  /// Says what a file is by its content where that is unmistakable, else by its name; `nil` where it is nothing that
  /// is read.
  init?(path: String, probe: FileProbe) {
    let suffix = Self.suffix(of: path)
    let named = Self.extensions[suffix]
    if probe.hasPDFHeader || named == .pdf {
      self = .pdf
    } else if probe.isGitLFSPointer {
      return nil
    } else if probe.isArchive || probe.isOLE {
      // Every Office document, Java archive and so on is a ZIP: the name tells them apart, or an EPUB's first entry.
      if probe.isEPUB {
        self = .epub
      } else if named == .word || named == .epub, let named {
        self = named
      } else {
        return nil
      }
    } else if probe.isPicture {
      self = .picture
    } else if let named {
      // A name that promises text over bytes that are none is no text.
      let isText = [.markdown, .html, .plainText].contains(named)
      if isText && !probe.isText { return nil }
      self = named == .plainText && probe.isHTML ? .html : named
    } else if probe.isHTML {
      self = .html
    } else if suffix.isEmpty, probe.isText, !probe.isScript, !Self.scripts.contains(Self.name(of: path).lowercased()) {
      // `README`, `LICENSE`, `copyright`.
      self = .plainText
    } else {
      return nil
    }
  }

  /// Whether the name alone promises a kind that is read.
  static func isKnown(_ path: String) -> Bool { extensions[suffix(of: path)] != nil }

  private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

  /// The extension in lower case, without its dot.
  static func suffix(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
