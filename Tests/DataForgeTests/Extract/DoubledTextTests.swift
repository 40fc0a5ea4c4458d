import Testing

@testable import DataForge

/// Text printed twice to look bold.
@Suite struct DoubledTextTests {
  private func text(_ page: TinyPDF.Page) async throws -> String {
    var pdf = TinyPDF()
    pdf.pages = [page]
    return try await ScratchFolder().document(pdf).pages.flatMap(\.blocks).map(\.text).joined(separator: "\n")
  }

  @Test(arguments: [(0.3, 0.0), (1.5, 0.0), (1.4, 1.4)])
  func wordsThatLieOnThemselvesAreReadOnce(_ x: Double, _ y: Double) async throws {
    var page = TinyPDF.Page()
    for print in [0.0, 1.0] {
      page.write("Fake bold words", x: 50 + x * print, y: 80 + y * print, size: 12)
    }
    #expect(try await text(page) == "Fake bold words")
  }

  @Test func lettersThatWerePrintedTwiceEachAreReadOnce() async throws {
    var page = TinyPDF.Page()
    for (place, letter) in "Fake bold".enumerated() {
      for shift in [0, 1.4] {
        page.write("\(letter)", x: 50 + 7.2 * Double(place) + shift, y: 80, size: 12, font: .listing)
      }
    }
    #expect(try await text(page) == "Fake bold")
  }

  @Test func wordsThatAreWrittenTwiceStay() async throws {
    var page = TinyPDF.Page()
    page.write("that that had had YYYYMMDD", x: 50, y: 80)
    page.write("same", x: 50, y: 140)
    page.write("same", x: 50, y: 150)
    #expect(try await text(page) == "that that had had YYYYMMDD\nsame same")
  }
}
