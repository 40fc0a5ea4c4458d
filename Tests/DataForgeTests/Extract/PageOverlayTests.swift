import CPoppler
import Glibc
import OrderedJSON
import Testing

@testable import DataForge

@Suite struct PageOverlayTests {
  /// A picture that was read back.
  private struct Picture {
    var width: Int
    var height: Int
    /// Red, green, blue and nothing for each pixel, from the top left.
    var pixels: [UInt32]

    init?(_ path: String) {
      guard let surface = cairo_image_surface_create_from_png(path) else { return nil }
      defer { cairo_surface_destroy(surface) }
      guard let data = cairo_image_surface_get_data(surface) else { return nil }
      width = Int(cairo_image_surface_get_width(surface))
      height = Int(cairo_image_surface_get_height(surface))
      let stride = Int(cairo_image_surface_get_stride(surface))
      pixels = []
      for row in 0..<height {
        data.advanced(by: row * stride).withMemoryRebound(to: UInt32.self, capacity: width) {
          pixels += UnsafeBufferPointer(start: $0, count: width).map { $0 & 0xFFFFFF }
        }
      }
    }

    /// How many pixels of a part are not white.
    func inked(x: Range<Int>, y: Range<Int>) -> Int {
      y.reduce(0) { sum, row in sum + x.count { pixels[row * width + $0] != 0xFFFFFF } }
    }
  }

  private func pictures(_ pdf: TinyPDF, as name: String = "file.pdf") async throws -> (ScratchFolder, [String]) {
    let scratch = try ScratchFolder()
    let document = try #require(try await scratch.extract(pdf.bytes, as: name).documents.first)
    let overlay = PageOverlay(folder: scratch.path + "/pictures")
    try overlay.prepare()
    return (scratch, try overlay.write(document, from: scratch.path + "/" + name))
  }

  @Test func everyPageHasItsPicture() async throws {
    let (scratch, paths) = try await pictures(TinyPDF(pages: [["One page of it."], ["And another."]]), as: "a/b.pdf")
    #expect(paths == ["0001", "0002"].map { "\(scratch.path)/pictures/a/b-\($0).png" })
    for path in paths {
      let picture = try #require(Picture(path))
      // Two pixels to a point, and the legend below.
      #expect(picture.width == 800 && picture.height > 1000 && picture.height < 1100)
      #expect(picture.inked(x: 100..<300, y: 140..<170) > 200)
      #expect(picture.inked(x: 500..<700, y: 400..<900) == 0)
    }
  }

  @Test func boxesStandWhereTheTextIsOnTurnedPages() async throws {
    for (turn, x, y) in [(90, 800..<850, 90..<250), (180, 550..<710, 800..<850), (270, 150..<200, 550..<710)] {
      var pdf = TinyPDF(pages: [["Some words here."]])
      pdf.pages[0].entries = "/Rotate \(turn)"
      let (scratch, paths) = try await pictures(pdf)
      let picture = try #require(Picture(paths[0]))
      let part = picture.inked(x: x, y: y)
      #expect(part > 1000, "turned by \(turn)")
      withExtendedLifetime(scratch) {}
    }
  }

  @Test func largePagesGiveSmallPictures() async throws {
    for (width, height) in [(14_400.0, 14_400.0), (20_000.0, 30.0), (3.0, 3.0)] {
      var pdf = TinyPDF(pages: [["Some text."]])
      pdf.pages[0].width = width
      pdf.pages[0].height = height
      pdf.pages[0].write("Text.", x: 1, y: 2, size: 2)
      let (scratch, paths) = try await pictures(pdf)
      let picture = try #require(Picture(paths[0]))
      #expect(picture.width * picture.height <= 4_000_000)
      #expect(picture.width <= 8_000 && picture.height <= 8_100)
      withExtendedLifetime(scratch) {}
    }
  }

  @Test func equalDocumentsGiveEqualPictures() async throws {
    let pdf = TinyPDF(pages: [["Some text on it.", "And more of it."]])
    let (first, paths) = try await pictures(pdf)
    let (second, others) = try await pictures(pdf)
    #expect(try Picture(#require(paths.first))?.pixels == Picture(#require(others.first))?.pixels)
    withExtendedLifetime((first, second)) {}
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("file", "text")
    for folder in [file, file + "/below"] {
      #expect { try PageOverlay(folder: folder).prepare() } throws: { error in
        (error as? FileError)?.operation == .write && "\(error)".contains(file)
      }
    }
  }

  @Test func aFileThatIsGoneIsNamed() async throws {
    let scratch = try ScratchFolder()
    let document = try #require(try await scratch.extract(TinyPDF(pages: [["Some text."]]).bytes).documents.first)
    let path = scratch.path + "/file.pdf"
    unlink(path)
    #expect { try PageOverlay(folder: scratch.path).write(document, from: path) } throws: { error in
      (error as? FileError)?.operation == .read && "\(error)".contains(path)
    }
  }

  @Test func aParagraphOverTwoPagesIsDrawnOnBoth() {
    let box = { (x: Double, y: Double) in Box(x0: x, y0: y, x1: x + 100, y1: y + 10) }
    let lines = [(1, box(50, 700)), (1, box(50, 712)), (1, box(300, 50)), (2, box(50, 50))].enumerated().map {
      Line(range: $0.offset..<$0.offset + 1, page: $0.element.0, box: $0.element.1)
    }
    let parts = OverlayPart.parts(of: Block(role: .paragraph, text: "abcd", fontSize: 10, lines: lines), number: 3)
    #expect(parts.map(\.page) == [1, 1, 2])
    #expect(parts.map(\.isContinued) == [false, true, true])
    #expect(parts.map(\.goesOn) == [false, false, true])
    #expect(parts[0].box == Box(x0: 50, y0: 700, x1: 150, y1: 722))
  }

  @Test func everyRoleHasALookOfItsOwn() {
    let looks = Role.allCases.map { RoleLook($0).short }
    #expect(Set(looks).count == Role.allCases.count)
    #expect(!looks.contains { $0.count > 2 })
  }
}
