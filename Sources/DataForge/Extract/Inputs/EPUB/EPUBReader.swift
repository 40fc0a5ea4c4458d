/// Reads an EPUB: a page for each part of its spine, in the order of reading.
struct EPUBReader {
  let archive: PackageArchive
  let limits: InputLimits

  func read(_ file: SourceFile) throws(InputFailure) -> Document {
    let path = try packagePath()
    guard let bytes = try archive.read(path) else { throw .damaged("its package document \(path) is missing") }
    let package = EPUBPackage()
    try XMLParts.parse(bytes, part: path, into: package, isStrict: false, limits: limits)
    let encrypted = try encryptedParts()
    var pages: [Page] = []
    var missing: String?
    for id in package.spine.prefix(limits.pages) {
      guard let item = package.items[id], Self.isPage(item), !item.isNavigation else { continue }
      let part = PartPath.resolve(item.href, from: path)
      if encrypted.contains(part) {
        throw InputFailure(check: "encrypted", reason: "is encrypted (DRM). Only books without it can be read.")
      }
      guard let bytes = try archive.read(part) else {
        missing = missing ?? part
        continue
      }
      let text = TextDecoding.string(bytes, declared: HTMLReader.declaredCharset(bytes))
      let number = pages.count + 1
      let result = try HTMLReader.read(text, page: number, limits: limits)
      pages.append(Page(number: number, width: 0, height: 0, blocks: result.blocks))
    }
    if pages.isEmpty {
      if let missing { throw .damaged("its part \(missing) is missing") }
      throw .damaged("its package document lists no text")
    }
    let metadata = package.metadata
    return Document(
      id: file.sha256, path: file.path, title: metadata["dc:title"], author: metadata["dc:creator"],
      subject: metadata["dc:description"] ?? metadata["dc:subject"],
      keywords: metadata["dc:description"] == nil ? nil : metadata["dc:subject"],
      created: InputText.date(metadata["dc:date"]), pages: pages)
  }

  private func packagePath() throws(InputFailure) -> String {
    guard let bytes = try archive.read("META-INF/container.xml") else {
      throw .damaged("it has no META-INF/container.xml")
    }
    let container = EPUBContainer()
    try XMLParts.parse(
      bytes, part: "META-INF/container.xml", into: container, isStrict: false, limits: limits)
    guard let path = container.path else { throw .damaged("it does not say where its package document is") }
    return PartPath.resolve(path, from: "")
  }

  private func encryptedParts() throws(InputFailure) -> Set<String> {
    guard let bytes = try archive.read("META-INF/encryption.xml") else { return [] }
    let encryption = EPUBEncryption()
    try XMLParts.parse(
      bytes, part: "META-INF/encryption.xml", into: encryption, isStrict: false, limits: limits)
    return Set(encryption.paths)
  }

  private static func isPage(_ item: EPUBPackage.Item) -> Bool {
    item.mediaType == "application/xhtml+xml" || item.mediaType == "text/html"
      || item.mediaType == "text/x-oeb1-document" || item.mediaType.isEmpty && item.href.hasSuffix("html")
  }
}
