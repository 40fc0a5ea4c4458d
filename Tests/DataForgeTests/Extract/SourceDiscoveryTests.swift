import Glibc
import Testing

@testable import DataForge

@Suite struct SourceDiscoveryTests {
  private let pdf = TinyPDF(pages: [["Some text."]]).bytes

  @Test func filesOfAFolderComeInTheOrderOfTheirPathBytes() throws {
    let folder = try ScratchFolder()
    for name in ["b.pdf", "a/z.PDF", "B.pdf", "a.pdf", "é.pdf"] { try folder.write(name, pdf + Array(name.utf8)) }
    let found = try SourceDiscovery.discover([folder.path])
    #expect(found.files.map(\.path) == ["B.pdf", "a/z.PDF", "a.pdf", "b.pdf", "é.pdf"])
    #expect(found.files[0].absolutePath.hasSuffix("/B.pdf"))
    #expect(found.files[0].sha256 == StableID.sha256(pdf + Array("B.pdf".utf8)))
    #expect(found.rejected.isEmpty)
  }

  @Test func pathsOfSeveralFoldersStayUnique() throws {
    let folder = try ScratchFolder()
    for name in ["one/x/a.pdf", "two/x/a.pdf", "two/b.pdf"] { try folder.write(name, pdf + Array(name.utf8)) }
    let named = try SourceDiscovery.discover([folder.path + "/one/", folder.path + "/two"])
    #expect(named.files.map(\.path) == ["one/x/a.pdf", "two/b.pdf", "two/x/a.pdf"])
    let alike = try SourceDiscovery.discover([folder.path + "/one/x", folder.path + "/two/x"])
    #expect(Set(alike.files.map(\.path)).count == 2)
  }

  @Test func aMissingInputIsNamedWithTheNearestName() throws {
    let folder = try ScratchFolder()
    try folder.write("manual.pdf", pdf)
    let error = #expect(throws: SourceError.self) { try SourceDiscovery.discover([folder.path + "/manul.pdf"]) }
    #expect(error == .missing(path: folder.path + "/manul.pdf", nearest: folder.path + "/manual.pdf"))
    #expect(error?.description.contains("Did you mean") == true)
  }

  @Test func aFolderWithoutDocumentsSaysWhatItHoldsInstead() throws {
    let folder = try ScratchFolder()
    for name in ["a.csv", "b.csv", "c.json"] { try folder.write(name, "text") }
    let error = #expect(throws: SourceError.self) { try SourceDiscovery.discover([folder.path]) }
    #expect(error == .nothingReadable(folder: folder.path, found: "2 .csv, 1 .json"))
    let empty = try ScratchFolder()
    #expect(throws: SourceError.nothingReadable(folder: empty.path, found: "no files")) {
      try SourceDiscovery.discover([empty.path])
    }
  }

  @Test func noInputAtAllIsAnError() {
    #expect(throws: SourceError.nothingNamed) { try SourceDiscovery.discover([]) }
  }

  @Test func filesOfOtherKindsAreListed() throws {
    let folder = try ScratchFolder()
    try folder.write("a.pdf", pdf)
    try folder.write("notes.csv", "text")
    try folder.write("scan", pdf + [0])
    let found = try SourceDiscovery.discover([folder.path])
    #expect(found.files.map(\.path) == ["a.pdf", "scan"])
    #expect(found.rejected.map(\.check) == ["unsupported-kind"])
    #expect(found.rejected.first?.document == "notes.csv")
  }

  @Test func textsOfEveryKindAreFound() throws {
    let folder = try ScratchFolder()
    for name in ["a.md", "b.txt", "c.html", "README"] { try folder.write(name, name) }
    try folder.write("d.docx", [0x50, 0x4B, 0x03, 0x04, 1])
    try folder.write("e.epub", [0x50, 0x4B, 0x03, 0x04, 2])
    try folder.write("empty.md", "")
    let found = try SourceDiscovery.discover([folder.path])
    #expect(found.files.map(\.path) == ["README", "a.md", "b.txt", "c.html", "d.docx", "e.epub", "empty.md"])
    #expect(found.rejected.isEmpty)
  }

  @Test func aFileThatIsNamedIsTriedWhateverItsKind() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("notes.txt", "text")
    #expect(try SourceDiscovery.discover([path]).files.map(\.path) == ["notes.txt"])
  }

  @Test func textsThatWereExtractedAreNoSources() throws {
    let folder = try ScratchFolder()
    try folder.write("a.md", "Text.")
    try folder.write("texts/a.md", "Text, extracted.")
    try folder.write("texts/.forge-texts", "")
    #expect(try SourceDiscovery.discover([folder.path]).files.map(\.path) == ["a.md"])
    #expect(try SourceDiscovery.discover([folder.path + "/texts"]).files.map(\.path) == ["a.md"])
  }

  @Test func theSameBytesAreReadOnce() throws {
    let folder = try ScratchFolder()
    try folder.write("a.pdf", pdf)
    try folder.write("b.pdf", pdf)
    let found = try SourceDiscovery.discover([folder.path])
    #expect(found.files.map(\.path) == ["a.pdf"])
    #expect(found.rejected.map(\.check) == ["duplicate-file"])
    #expect(found.rejected.first?.values["of"]?.stringValue == "a.pdf")
  }

  @Test func linksAreFollowedAndLoopsEnd() throws {
    let folder = try ScratchFolder()
    let target = try folder.write("outside/a.pdf", pdf)
    try folder.write("in/b.pdf", pdf + [0])
    symlink(target, folder.path + "/in/link.pdf")
    symlink(folder.path + "/in", folder.path + "/in/loop")
    symlink(folder.path + "/nowhere", folder.path + "/in/dangling.pdf")
    let found = try SourceDiscovery.discover([folder.path + "/in"])
    #expect(found.files.map(\.path) == ["b.pdf", "link.pdf"])
    #expect(found.rejected.map(\.check) == ["unreadable"])
    #expect(found.rejected.first?.document == "dangling.pdf")
  }

  @Test func hiddenFilesArePassedOver() throws {
    let folder = try ScratchFolder()
    try folder.write("a.pdf", pdf)
    try folder.write(".hidden.pdf", pdf + [0])
    try folder.write(".git/b.pdf", pdf + [1])
    let found = try SourceDiscovery.discover([folder.path])
    #expect(found.files.map(\.path) == ["a.pdf"])
    #expect(found.rejected.isEmpty)
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func anUnreadableFileIsRejected() throws {
    let folder = try ScratchFolder()
    try folder.write("a.pdf", pdf)
    chmod(try folder.write("b.pdf", pdf + [0]), 0)
    let found = try SourceDiscovery.discover([folder.path])
    #expect(found.files.map(\.path) == ["a.pdf"])
    #expect(found.rejected.map(\.check) == ["unreadable"])
  }
}
