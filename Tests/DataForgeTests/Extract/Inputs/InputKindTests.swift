import Testing

@testable import DataForge

@Suite("kinds of inputs")
struct InputKindTests {
  private func kind(_ name: String, _ bytes: [UInt8]) throws -> InputKind? {
    let folder = try ScratchFolder()
    return InputKind(path: name, probe: try FileProbe(path: folder.write("file", bytes)))
  }

  private func kind(_ name: String, _ text: String) throws -> InputKind? { try kind(name, Array(text.utf8)) }

  @Test func `names say what a text is`() throws {
    #expect(try kind("a.md", "# Text") == .markdown)
    #expect(try kind("A.MARKDOWN", "<h1>x</h1>") == .markdown)
    #expect(try kind("a.txt", "Text") == .plainText)
    #expect(try kind("a.htm", "<p>Text") == .html)
    for name in ["README", "LICENSE", "doc/copyright"] { #expect(try kind(name, "Text") == .plainText) }
    for name in ["Makefile", "a.c", "a.json", "a.csv", "a.log", "a.rst", "a.zip"] {
      #expect(try kind(name, "Text") == nil)
    }
    #expect(try kind("run", "#!/bin/sh\necho") == nil)
  }

  @Test func `content comes before the name`() throws {
    #expect(try kind("a.txt", "%PDF-1.4") == .pdf)
    #expect(try kind("a.txt", "<!-- c -->\n<!DOCTYPE HTML><p>") == .html)
    #expect(try kind("page", "<?xml version='1.0'?>\n<html>") == .html)
    #expect(try kind("scan", [0x89, 0x50, 0x4E, 0x47, 0x0D]) == .picture)
    #expect(try kind("a.md", [0x89, 0x50, 0x4E, 0x47, 0x0D]) == .picture)
    #expect(try kind("a.md", [0x23, 0x00, 0x01, 0x02, 0x03]) == nil)
    #expect(try kind("a.docx", "PK\u{3}\u{4}xx") == .word)
    #expect(try kind("a.xlsx", "PK\u{3}\u{4}xx") == nil)
    #expect(try kind("a.md", "version https://git-lfs.github.com/spec/v1\n") == nil)
    // An error page in the place of a PDF must not be taken for the document.
    #expect(try kind("a.pdf", "<!DOCTYPE html><p>404") == .pdf)
  }

  @Test func `a file of no known kind is told so`() async throws {
    let outcomes = try await ScratchFolder().extract([0, 1, 2, 3], as: "a.bin")
    #expect(outcomes.rejections.map(\.check) == ["unsupported-kind"])
  }

  @Test func `encodings have their names`() {
    #expect(TextDecoding.charset("ISO-8859-1") == "WINDOWS-1252")
    #expect(TextDecoding.charset(" \"utf8\" ") == "UTF-8")
    #expect(TextDecoding.charset("../../evil") == nil)
    #expect(TextDecoding.charset("UTF-7") == nil)
  }
}
