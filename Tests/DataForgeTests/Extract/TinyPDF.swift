/// Writes small PDFs for tests: text at places, in the fonts that every reader has.
struct TinyPDF {
  /// Of the fonts that need no embedding.
  enum Font: String, CaseIterable {
    case regular = "Helvetica"
    case bold = "Helvetica-Bold"
    case listing = "Courier"
    /// The small letters `a` to `z` stand for Hebrew ones, from Alef on.
    case hebrew = "Times-Roman"
  }

  /// A page's content and attributes.
  struct Page {
    var width = 400.0
    var height = 500.0
    /// Further entries of the page's dictionary, for example `/Rotate 90`.
    var entries = ""
    private(set) var content = ""

    init() {}

    /// Writes text with its baseline `y` points below the top of an unrotated page.
    mutating func write(_ text: String, x: Double, y: Double, size: Double = 10, font: Font = .regular) {
      let place = Font.allCases.firstIndex(of: font) ?? 0
      content += "BT /F\(place) \(size) Tf \(x) \(height - y) Td (\(Self.escaped(text))) Tj ET\n"
    }

    /// Writes text in a font of the document's own `fonts`.
    mutating func write(_ text: String, x: Double, y: Double, size: Double = 10, fontNamed name: String) {
      content += "BT /\(name) \(size) Tf \(x) \(height - y) Td (\(Self.escaped(text))) Tj ET\n"
    }

    /// Writes lines below each other, 12 points apart; the y of the line after them.
    @discardableResult
    mutating func write(
      lines: [String], x: Double, y: Double, size: Double = 10, leading: Double = 12, font: Font = .regular
    ) -> Double {
      for (place, line) in lines.enumerated() {
        write(line, x: x, y: y + Double(place) * leading, size: size, font: font)
      }
      return y + Double(lines.count) * leading
    }

    /// Writes lines from the bottom of the page to its top, each to the right of the last.
    mutating func writeUpwards(lines: [String], x: Double, y: Double, size: Double = 10) {
      for (place, line) in lines.enumerated() {
        let x = x + Double(place) * 12
        content += "BT /F0 \(size) Tf 0 1 -1 0 \(x) \(height - y) Tm (\(Self.escaped(line))) Tj ET\n"
      }
    }

    /// Draws a grey picture of one pixel over a part of the page.
    mutating func picture() {
      content += "q 200 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{40} EI Q\n"
    }

    /// Latin-1 in WinAnsi encoding; `•` and dashes by their codes there.
    private static func escaped(_ text: String) -> String {
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "(", ")", "\\": "\\\(scalar)"
        case "•": "\\225"
        case "–": "\\226"
        case "—": "\\227"
        case "’": "\\222"
        case "\u{AD}": "\\255"
        case "é": "\\351"
        case "\u{0}"..<" ":
          "\\" + String(repeating: "0", count: scalar.value < 8 ? 2 : 1) + String(scalar.value, radix: 8)
        default: String(scalar)
        }
      }.joined()
    }
  }

  /// A font that says by itself what its letters mean.
  struct OddFont {
    var name: String
    /// Of `A`, `B` and so on; the other letters mean themselves.
    var meanings: [String]

    /// A CMap from codes to UTF-16, as PDF 32000-1, 9.10.3 has it.
    fileprivate var table: String {
      let lines = meanings.enumerated().map { place, meaning in
        let units = meaning.utf16.map { Self.hexadecimal($0, digits: 4) }.joined()
        return "<\(Self.hexadecimal(UInt16(0x41 + place), digits: 2))> <\(units)>"
      }
      return """
        /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def
        1 begincodespacerange <00> <FF> endcodespacerange
        \(lines.count) beginbfchar
        \(lines.joined(separator: "\n"))
        endbfchar endcmap end end
        """
    }

    private static func hexadecimal(_ value: UInt16, digits: Int) -> String {
      let plain = String(value, radix: 16, uppercase: true)
      return String(repeating: "0", count: max(0, digits - plain.count)) + plain
    }
  }

  var pages: [Page] = []
  /// Fonts by the names that pages use for them.
  var fonts: [String: OddFont] = [:]
  var information: [String: String] = [:]
  /// Titles with the page that each leads to, from 1.
  var outline: [(title: String, page: Int)] = []
  /// Entries of the catalogue, for example page labels.
  var catalogue = ""
  /// Pages, from 1, whose object is left out of the file.
  var missingPages: Set<Int> = []

  /// A document of pages that each hold the given lines.
  init(pages: [[String]] = []) {
    self.pages = pages.map { lines in
      var page = Page()
      page.write(lines: lines, x: 50, y: 80)
      return page
    }
  }

  /// The file's bytes.
  var bytes: [UInt8] {
    var file = "%PDF-1.4\n"
    var offsets: [Int: Int] = [:]
    func object(_ number: Int, _ body: String) {
      offsets[number] = file.utf8.count
      file += "\(number) 0 obj\n\(body)\nendobj\n"
    }
    let fontObject = 3
    let mappingObject = 9
    let informationObject = 10
    let outlineObject = 20
    let pageObject = { 1000 + 2 * $0 }
    let oddFontObject = 500
    let odd = fonts.sorted { $0.key < $1.key }
    let fonts =
      (Font.allCases.indices.map { "/F\($0) \(fontObject + $0) 0 R" }
      + odd.enumerated().map { "/\($0.element.key) \(oddFontObject + 2 * $0.offset) 0 R" }).joined(separator: " ")
    let outlines = outline.isEmpty ? "" : "/Outlines \(outlineObject) 0 R"
    object(1, "<< /Type /Catalog /Pages 2 0 R \(outlines) \(catalogue) >>")
    let kids = pages.indices.map { "\(pageObject($0)) 0 R" }.joined(separator: " ")
    object(2, "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
    for (place, font) in Font.allCases.enumerated() {
      let type = "/Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding"
      let mapping = font == .hebrew ? "/ToUnicode \(mappingObject) 0 R" : ""
      object(fontObject + place, "<< \(type) /BaseFont /\(font.rawValue) \(mapping) >>")
    }
    for (place, (_, font)) in odd.enumerated() {
      let number = oddFontObject + 2 * place
      let type = "/Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding"
      object(number, "<< \(type) /BaseFont /\(font.name) /ToUnicode \(number + 1) 0 R >>")
      object(number + 1, "<< /Length \(font.table.utf8.count) >>\nstream\n\(font.table)\nendstream")
    }
    let mapping = """
      /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def
      1 begincodespacerange <00> <FF> endcodespacerange
      2 beginbfrange <20> <5B> <0020> <61> <7A> <05D0> endbfrange
      endcmap end end
      """
    object(mappingObject, "<< /Length \(mapping.utf8.count) >>\nstream\n\(mapping)\nendstream")
    object(informationObject, "<< \(information.sorted { $0.key < $1.key }.map { "/\($0) (\($1))" }.joined()) >>")
    for (place, entry) in outline.enumerated() {
      let next = place + 1 < outline.count ? "/Next \(outlineObject + 2 + place) 0 R" : ""
      let previous = place > 0 ? "/Prev \(outlineObject + place) 0 R" : ""
      let target = "/Dest [\(pageObject(entry.page - 1)) 0 R /Fit]"
      object(
        outlineObject + 1 + place,
        "<< /Title (\(entry.title)) /Parent \(outlineObject) 0 R \(target) \(next) \(previous) >>")
    }
    if !outline.isEmpty {
      let last = outlineObject + outline.count
      object(outlineObject, "<< /First \(outlineObject + 1) 0 R /Last \(last) 0 R /Count \(outline.count) >>")
    }
    for (place, page) in pages.enumerated() {
      let box = "/MediaBox [0 0 \(page.width) \(page.height)]"
      if !missingPages.contains(place + 1) {
        let resources = "/Resources << /Font << \(fonts) >> >>"
        let contents = "/Contents \(pageObject(place) + 1) 0 R"
        object(pageObject(place), "<< /Type /Page /Parent 2 0 R \(box) \(contents) \(resources) \(page.entries) >>")
      }
      object(
        pageObject(place) + 1, "<< /Length \(page.content.utf8.count) >>\nstream\n\(page.content)\nendstream")
    }
    let start = file.utf8.count
    file += "xref\n0 1\n0000000000 65535 f \n"
    for (number, offset) in offsets.sorted(by: { $0.key < $1.key }) {
      let digits = String(offset)
      file += "\(number) 1\n\(String(repeating: "0", count: 10 - digits.utf8.count))\(digits) 00000 n \n"
    }
    let size = (offsets.keys.max() ?? 0) + 1
    file += "trailer\n<< /Size \(size) /Root 1 0 R /Info \(informationObject) 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(file.utf8)
  }
}
