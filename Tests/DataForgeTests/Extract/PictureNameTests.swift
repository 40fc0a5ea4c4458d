import Testing

@testable import DataForge

@Suite struct PictureNameTests {
  private func picture(_ path: String, page: Int = 1) -> String { PictureName(document: path).picture(ofPage: page) }

  @Test func picturesAreNamedAfterTheDocumentAndThePage() {
    #expect(picture("manual.pdf") == "manual-0001.png")
    #expect(picture("a/b/manual.pdf", page: 12_345) == "a/b/manual-12345.png")
    #expect(picture("odd.PDF").hasPrefix("odd.PDF-"))
  }

  @Test func documentsOfTheSameNameHaveTheirOwnPictures() {
    let paths = [
      "a/x.pdf", "b/x.pdf", "x.pdf", "x.PDF", "x.PDF.pdf", "x", "/x.pdf", "../x.pdf", "../../x.pdf", "a//x.pdf",
      "./x.pdf", "a\u{1}.pdf",
      "a\u{2}.pdf", "a_.pdf", ".pdf", "", "/", "x-0001.pdf", String(repeating: "n", count: 300) + "1.pdf",
      String(repeating: "n", count: 300) + "2.pdf",
    ]
    let pictures = paths.map { picture($0) }
    #expect(Set(pictures).count == paths.count)
  }

  @Test func noNameLeadsOutOfTheFolder() {
    for path in [
      "../../etc/x.pdf", "/etc/x.pdf", "a/../../x.pdf", "..", "~/x.pdf", "-x.pdf", "a\n\u{1B}[2J.pdf", "C:\\x.pdf",
    ] {
      let parts = picture(path).split(separator: "/", omittingEmptySubsequences: false)
      #expect(!parts.contains { $0.isEmpty || $0 == ".." || $0 == "." || $0.hasPrefix("-") }, "\(path)")
      #expect(!picture(path).unicodeScalars.contains { $0.value < 0x20 || $0 == "\\" }, "\(path)")
    }
  }

  @Test func namesFitIntoAFileSystem() {
    let long = picture(String(repeating: "ä", count: 500) + ".pdf")
    #expect(long.utf8.count <= 255)
  }
}
