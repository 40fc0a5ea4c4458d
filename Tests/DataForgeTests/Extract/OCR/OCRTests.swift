import CZlib
import Testing

@testable import DataForge

@Suite("OCR")
struct OCRTests {
  private static let isInstalled = (try? TesseractEngine(language: "eng")) != nil

  private static let words = [
    "The grey heron is a wading bird of the heron family.", "It feeds on fish, frogs and insects near water.",
  ]

  /// A PDF whose pages are pictures of text.
  private func scan(pages: Int = 1) throws -> [UInt8] {
    let folder = try ScratchFolder()
    let pdf = TinyPDF(pages: [Self.words]).bytes
    let file = try folder.write("a.pdf", pdf)
    let picture = try #require(
      try PDFFile(path: file, size: pdf.count).withPage(0) { PagePicture($0) } ?? nil)
    return PicturePDF(grey: picture.grey, width: picture.width, height: picture.height, pages: pages).bytes
  }

  @Test(.enabled(if: isInstalled, "tesseract or its English data is not installed"))
  func `a page that is a picture is read, and says so`() async throws {
    let outcomes = try await ScratchFolder().extract(try scan())
    let page = try #require(outcomes.documents.first?.pages.first)
    let text = page.blocks.map(\.text).joined(separator: " ")
    #expect(text.contains("grey heron is a wading bird"))
    let ocr = try #require(page.ocr)
    #expect(ocr.confidence > 0.7 && ocr.confidence <= 1)
    let word = try #require(ocr.words.first { $0.text == "heron" })
    #expect(word.box.x0 > 0 && word.box.x1 < page.width && word.box.y0 > 0 && word.box.y1 < page.height)
    let line = try #require(page.blocks.first?.lines.first)
    #expect(line.box.width > 100 && line.box.height > 4)
    #expect(outcomes.rejections.isEmpty)
  }

  @Test func `never means never`() async throws {
    let stage = ExtractStage(options: ExtractOptions(ocr: OCROptions(mode: .never)))
    let outcomes = try await ScratchFolder().extract(try scan(), stage: stage)
    #expect(outcomes.documents.isEmpty)
    #expect(outcomes.rejections.map(\.check) == ["no-text"])
    #expect(outcomes.rejections.first?.reason.contains("--ocr") == true)
  }

  @Test func `a language that is missing names its package`() async throws {
    let stage = ExtractStage(options: ExtractOptions(ocr: OCROptions(language: "eng+qqq_x")))
    let outcomes = try await ScratchFolder().extract(try scan(), stage: stage)
    #expect(outcomes.rejections.map(\.check) == ["no-text"])
    #expect(outcomes.rejections.first?.reason.contains("apt-get install tesseract-ocr") == true)
    #expect(stage.options.ocr.problem()?.contains("apt-get install tesseract-ocr") == true)
  }

  @Test(.enabled(if: isInstalled, "tesseract or its English data is not installed"))
  func `text is read from its picture where that is always wanted`() async throws {
    let pdf = TinyPDF(pages: [Self.words]).bytes
    #expect(try await ScratchFolder().extract(pdf).documents.first?.pages.first?.ocr == nil)
    let stage = ExtractStage(options: ExtractOptions(ocr: OCROptions(mode: .always)))
    #expect(try await ScratchFolder().extract(pdf, stage: stage).documents.first?.pages.first?.ocr != nil)
  }

  @Test(arguments: ["", "eng+", "../eng", "/etc/passwd", "a b", "eng;ls", "-l", "eng\u{0}"])
  func `only names of languages are taken`(language: String) {
    #expect(!OCROptions.isLanguage(language))
    #expect(OCROptions(language: language).problem() != nil)
  }

  @Test func `names of languages are taken`() {
    for language in ["eng", "deu+eng", "chi_sim", "script/Latin"] { #expect(OCROptions.isLanguage(language)) }
  }

  @Test func `noise is left out and close words become one fragment`() throws {
    let rows = [
      "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext",
      "1\t1\t0\t0\t0\t0\t0\t0\t1000\t1000\t-1\t",
      "5\t1\t1\t1\t1\t1\t100\t100\t80\t30\t95\tHeron",
      "5\t1\t1\t1\t1\t2\t190\t100\t60\t30\t90\tfish",
      "5\t1\t1\t1\t1\t3\t600\t100\t60\t30\t90\tfar",
      "5\t1\t2\t1\t1\t1\t100\t500\t80\t30\t20\t|~",
      "5\t1\t2\t1\t2\t1\t100\t600\t80\t30\t25\tqx",
      "5\t1\t3\t1\t1\t1\tbroken",
    ]
    let blank = PageFragments(number: 1, label: nil, width: 240, height: 240)
    let page = try #require(RecognizedPage(table: rows.joined(separator: "\n"), page: blank, scale: 0.24))
    #expect(page.fragments.fragments.map { page.fragments.text($0.text) } == ["Heron fish", "far"])
    #expect(page.fragments.fragments[0].x0 == 24)
    #expect(page.ocr.words.map(\.text) == ["Heron", "fish", "far"])
    #expect(RecognizedPage(table: rows[0], page: blank, scale: 1) == nil)
  }

  @Test(.enabled(if: isInstalled, "tesseract or its English data is not installed"))
  func `pictures that are none, too small or too large are refused`() async throws {
    let folder = try ScratchFolder()
    #expect(try await folder.checks([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], as: "a.png") == ["damaged"])
    #expect(try await folder.checks(TinyPNG.header(width: 200, height: 100), as: "b.png") == ["no-text"])
    #expect(try await folder.checks(TinyPNG.header(width: 100_000, height: 100_000), as: "c.png") == ["too-large"])
  }
}

/// The first bytes of PNG pictures, with nothing behind them.
enum TinyPNG {
  static func header(width: Int, height: Int) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    let chunk = Array("IHDR".utf8) + number(width) + number(height) + [8, 0, 0, 0, 0]
    let sum = crc32(0, chunk, UInt32(chunk.count))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + number(13) + chunk + number(Int(sum))
      + [UInt8](repeating: 0, count: 64)
  }
}

/// A PDF whose pages all show one grey picture.
struct PicturePDF {
  var grey: [UInt8]
  var width: Int
  var height: Int
  var pages: Int

  var bytes: [UInt8] {
    let size = "\(Double(width) * 0.24) \(Double(height) * 0.24)"
    let content = "q \(Double(width) * 0.24) 0 0 \(Double(height) * 0.24) 0 0 cm /I Do Q"
    var objects: [[UInt8]] = [
      Array("<</Type/Catalog/Pages 2 0 R>>".utf8),
      Array("<</Type/Pages/Count \(pages)/Kids[\((0..<pages).map { "\(5 + $0) 0 R" }.joined(separator: " "))]>>".utf8),
      Array(
        """
        <</Type/XObject/Subtype/Image/Width \(width)/Height \(height)/ColorSpace/DeviceGray/BitsPerComponent 8\
        /Length \(grey.count)>>stream\n
        """.utf8) + grey + Array("\nendstream".utf8),
      Array("<</Length \(content.utf8.count)>>stream\n\(content)\nendstream".utf8),
    ]
    for _ in 0..<pages {
      objects.append(
        Array(
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 \(size)]/Resources<</XObject<</I 3 0 R>>>>/Contents 4 0 R>>".utf8))
    }
    var file = Array("%PDF-1.4\n".utf8)
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for offset in offsets {
      let digits = String(offset)
      file += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
    }
    file += Array("trailer<</Root 1 0 R/Size \(objects.count + 1)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return file
  }
}
