import OrderedJSON
import Testing

@testable import DataForge

@Suite struct ExtractStageTests {
  private func check(_ bytes: [UInt8], _ stage: ExtractStage = ExtractStage()) async throws -> [String] {
    try await ScratchFolder().extract(bytes, stage: stage).rejections.map(\.check)
  }

  @Test func eachKindOfBrokenFileHasItsOwnRejection() async throws {
    let whole = TinyPDF(pages: [["Some text."]]).bytes
    #expect(try await check([]) == ["empty-file"])
    #expect(try await check(Array("<!DOCTYPE html><p>Not found</p>".utf8)) == ["not-a-pdf"])
    #expect(try await check(EncryptedPDF.bytes) == ["encrypted"])
    #expect(try await check(Array("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pa".utf8)) == ["truncated"])
    #expect(try await check(TinyPDF().bytes) == ["no-pages"])
    #expect(try await check(whole, ExtractStage(options: ExtractOptions(fileSize: 0))) == ["too-large"])
    #expect(try await check(whole, ExtractStage(options: ExtractOptions(pages: 0))) == ["too-large"])
    #expect(try await check(whole) == [])
  }

  @Test func aMissingFileIsUnreadable() async throws {
    let file = SourceFile(path: "gone.pdf", absolutePath: "/nonexistent/gone.pdf", sha256: "0")
    let rejection = try #require(try await ExtractStage().run(file).rejections.first)
    #expect(rejection.check == "unreadable")
    #expect(rejection.document == "gone.pdf")
    #expect(rejection.reason.contains("No such file"))
  }

  @Test func aReasonSaysWhatTheFileLooksLike() async throws {
    let outcomes = try await ScratchFolder().extract(Array("<!DOCTYPE html>".utf8))
    #expect(outcomes.rejections.first?.reason.contains("HTML") == true)
  }

  @Test func pagesOfPicturesNeedOCR() async throws {
    var page = TinyPDF.Page()
    page.picture()
    var pdf = TinyPDF()
    pdf.pages = [page, page]
    let outcomes = try await ScratchFolder().extract(pdf.bytes)
    #expect(outcomes.documents.isEmpty)
    #expect(outcomes.rejections.map(\.check) == ["no-text"])
    #expect(outcomes.rejections.first?.reason.contains("OCR") == true)
    #expect(outcomes.rejections.first?.values["pages_with_pictures"]?.intValue == 2)
  }

  @Test func aPictureAmongPagesOfTextIsRejectedAlone() async throws {
    var pdf = TinyPDF(pages: [["First page."], [], ["Third page."]])
    pdf.pages[1].picture()
    let outcomes = try await ScratchFolder().extract(pdf.bytes)
    #expect(outcomes.documents.first?.pages.map(\.number) == [1, 2, 3])
    #expect(outcomes.rejections.map(\.page) == [2])
    #expect(outcomes.rejections.map(\.check) == ["no-text"])
  }

  @Test func aDamagedPageDoesNotLoseTheOthers() async throws {
    var pdf = TinyPDF(pages: [["First page."], ["Second page."], ["Third page."]])
    pdf.missingPages = [2]
    let outcomes = try await ScratchFolder().extract(pdf.bytes)
    let text = outcomes.documents.first?.pages.flatMap(\.blocks).map(\.text)
    #expect(text == ["First page.", "Third page."])
    #expect(outcomes.rejections.map(\.check) == ["unreadable-page"])
    // Poppler counts the pages that are left first: it is the last one that it cannot find.
    #expect(outcomes.rejections.map(\.page) == [3])
  }

  @Test func metadataOutlineAndLabelsComeAlong() async throws {
    var pdf = TinyPDF(pages: [["Preface here."], ["The beginning."]])
    pdf.information = ["Title": "The  Handbook", "Author": "A. Writer", "CreationDate": "D:20240102030405Z"]
    pdf.outline = [("Preface", 1), ("Beginning", 2)]
    pdf.catalogue = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>"
    let document = try await ScratchFolder().document(pdf)
    #expect(document.title == "The Handbook")
    #expect(document.author == "A. Writer")
    #expect(document.created == "2024-01-02T03:04:05Z")
    #expect(document.outline.map(\.title) == ["Preface", "Beginning"])
    #expect(document.outline.map(\.page) == [1, 2])
    #expect(document.pages.map(\.label) == ["i", "1"])
  }

  @Test func boxesCountFromTheTopLeft() async throws {
    var pdf = TinyPDF(pages: [[]])
    pdf.pages[0].write("Some text.", x: 50, y: 100)
    let document = try await ScratchFolder().document(pdf)
    let block = try #require(document.pages.first?.blocks.first)
    #expect(abs(block.box.x0 - 50) < 1)
    #expect(block.box.y0 < 100 && block.box.y1 > 99 && block.box.height < 15)
    #expect(block.fontSize == 10)
    #expect(block.lines == [Line(range: 0..<10, page: 1, box: block.box)])
  }

  @Test func aRotatedPageIsReadAsItIsShown() async throws {
    var pdf = TinyPDF(pages: [["First line of it.", "Second line of it."]])
    pdf.pages[0].entries = "/Rotate 180"
    let turned = try await ScratchFolder().document(pdf)
    pdf.pages[0].entries = "/Rotate 90"
    let sideways = try await ScratchFolder().document(pdf)
    #expect(sideways.pages.first?.width == 500)
    #expect(sideways.pages.first?.blocks.contains { $0.text.contains("First line of it.") } == true)
    #expect(turned.pages.first?.blocks.isEmpty == false)
  }

  @Test func aCroppedPageHasItsOwnOrigin() async throws {
    var pdf = TinyPDF(pages: [[]])
    pdf.pages[0].write("Inside the crop.", x: 120, y: 200)
    pdf.pages[0].entries = "/CropBox [100 100 350 400]"
    let document = try await ScratchFolder().document(pdf)
    let page = try #require(document.pages.first)
    #expect(page.width == 250 && page.height == 300)
    #expect(abs((page.blocks.first?.box.x0 ?? 0) - 20) < 1)
  }

  @Test func theSameFileGivesTheSameDocument() async throws {
    let pdf = TinyPDF(pages: (1...5).map { ["Head", "Some text on page \($0) that goes", "on for two lines."] })
    let first = try await ScratchFolder().document(pdf)
    let second = try await ScratchFolder().document(pdf)
    #expect(first == second)
  }

  @Test func aPasswordOpensAFileAndAWrongOneIsNamed() async throws {
    #expect(try await check(EncryptedPDF.bytes, ExtractStage(passwords: ["guess"])) == ["wrong-password"])
    let folder = try ScratchFolder()
    let outcomes = try await folder.extract(EncryptedPDF.bytes, stage: ExtractStage(passwords: ["guess", "secret"]))
    #expect(outcomes.documents.count == 1)
    #expect(!ExtractStage.isFinal(try await folder.extract(EncryptedPDF.bytes)))
    #expect(ExtractStage.isFinal(outcomes))
  }

  @Test func aRequestKeepsItsPasswordsToItself() {
    let file = SourceFile(path: "a.pdf", absolutePath: "/a.pdf", sha256: "0")
    let request = ReadRequest(file: file, passwords: ["hunter2"])
    var dumped = ""
    dump(request, to: &dumped)
    for text in ["\(request)", String(reflecting: request), dumped] {
      #expect(text.contains("a.pdf") && !text.contains("hunter2"))
    }
    #expect(!ExtractStage(passwords: ["hunter2"]).parameters.serialized().contains("hunter2"))
  }

  @Test func parametersNameTheVersionAndTheLimits() {
    #expect(ExtractStage().parameters["version"]?.intValue == ExtractStage.version)
    #expect(ExtractStage().parameters != ExtractStage(options: ExtractOptions(pages: 3)).parameters)
  }
}
