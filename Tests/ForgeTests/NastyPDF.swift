/// Small PDFs that are made to hurt whoever reads them.
enum NastyPDF: String, CaseIterable {
  /// Page 2 draws forms that each draw the next one twice, sixty deep.
  case processorBomb
  /// Page 2 has a list of thirty million names, in half a megabyte.
  case memoryBomb
  /// Page 2 draws a form that draws the next one, fifty thousand deep.
  case deepForms
  /// Page 2 draws a form that draws itself.
  case formLoop
  /// Page 2 has a hundred thousand lists in each other.
  case deepLists
  /// Says that it has a billion pages.
  case billionPages
  /// Its page tree leads back to its root.
  case pageTreeLoop
  /// Page 2 is as large as numbers go, and its text lies anywhere.
  case hugePage
  /// Its outline goes on with itself.
  case outlineLoop
  /// Page 2 is compressed thirty times over.
  case manyFilters
  /// The text of page 2 is in a font whose map of characters never ends.
  case hugeToUnicode

  var bytes: [UInt8] {
    var file = File()
    switch self {
    case .processorBomb:
      file.setPage2(resources: "/XObject << /X 100 0 R >>", "/X Do")
      for level in 0..<60 { file.form(100 + level, draws: 101 + level, "/X Do /X Do") }
      file.form(160, draws: 160, "q Q")
    case .memoryBomb:
      file.setPage2(filter: "/RunLengthDecode", [0, UInt8(ascii: "[")] + Self.runs(of: "/", 30_000_000) + [128])
    case .deepForms:
      file.setPage2(resources: "/XObject << /X 100 0 R >>", "/X Do")
      for level in 0..<50_000 { file.form(100 + level, draws: 101 + level, "/X Do") }
      file.form(50_100, draws: 50_100, "q Q")
    case .formLoop:
      file.setPage2(resources: "/XObject << /X 100 0 R >>", "/X Do")
      file.form(100, draws: 100, "/X Do /X Do")
    case .deepLists:
      file.setPage2(filter: "/RunLengthDecode", Self.runs(of: "[", 100_000) + [128])
    case .billionPages:
      file.objects[2] = "<< /Type /Pages /Kids [10 0 R 11 0 R 12 0 R] /Count 1000000000 >>"
    case .pageTreeLoop:
      file.objects[2] = "<< /Type /Pages /Kids [10 0 R 2 0 R 11 0 R 2 0 R 12 0 R] /Count 5 >>"
    case .hugePage:
      file.mediaBox = "[-1e30 -1e30 1e30 1e30]"
      file.setPage2("BT /F1 1e20 Tf 1e25 -1e25 Td (far) Tj 1e-30 0 0 1e-30 0 0 Tm (away) Tj ET")
    case .outlineLoop:
      file.catalogue = "/Outlines 50 0 R"
      file.objects[50] = "<< /First 51 0 R /Last 52 0 R /Count 2 >>"
      file.objects[51] = "<< /Title (One) /Parent 50 0 R /Next 52 0 R /First 51 0 R /Last 52 0 R >>"
      file.objects[52] = "<< /Title (Two) /Parent 50 0 R /Next 51 0 R /First 50 0 R /Last 50 0 R >>"
    case .manyFilters:
      var bytes = Array("BT /F1 12 Tf 50 400 Td (deep) Tj ET".utf8)
      for _ in 0..<30 { bytes = Self.literally(bytes) }
      file.setPage2(filter: "[" + String(repeating: "/RunLengthDecode ", count: 30) + "]", bytes)
    case .hugeToUnicode:
      file.objects[3] =
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
      file.objects[4] =
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Ordering (Identity) >> >>"
      let map = String(repeating: "<0000> <ffff> <0000>\n<00000000> <ffffffff> <00000000>\n", count: 2_000)
      file.objects[5] = File.stream("", Array("2000 beginbfrange\n\(map)endbfrange".utf8))
      file.setPage2("BT /F1 12 Tf 50 400 Td <004100420043> Tj ET")
    }
    return file.bytes
  }

  private static func runs(of letter: Unicode.Scalar, _ count: Int) -> [UInt8] {
    (0..<count / 128).flatMap { _ in [129, UInt8(ascii: letter)] }
  }

  /// The bytes as `RunLengthDecode` takes them, uncompressed.
  private static func literally(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 128).flatMap { start in
      let piece = bytes[start..<min(start + 128, bytes.count)]
      return [UInt8(piece.count - 1)] + piece
    } + [128]
  }

  /// What stands on the three pages: nothing that could be taken for a running head.
  static let sentences = [
    "The float rises with the water in the well.", "The wire runs over a wheel.", "The pen draws what the float does.",
  ]

  /// Three pages with a sentence each.
  struct File {
    var objects: [Int: String] = [:]
    var catalogue = ""
    var mediaBox = "[0 0 400 500]"
    private var page2: String?
    private var resources = ""

    static func stream(_ entries: String, _ bytes: [UInt8]) -> String {
      // Latin-1 stands for bytes; see `bytes`.
      let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
      return "<< \(entries) /Length \(bytes.count) >>\nstream\n\(text)\nendstream"
    }

    mutating func setPage2(resources: String = "", filter: String? = nil, _ bytes: [UInt8]) {
      page2 = Self.stream(filter.map { "/Filter \($0)" } ?? "", bytes)
      self.resources = resources
    }

    mutating func setPage2(resources: String = "", _ text: String) { setPage2(resources: resources, Array(text.utf8)) }

    mutating func form(_ number: Int, draws other: Int, _ content: String) {
      objects[number] = Self.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 400 500] /Resources << /XObject << /X \(other) 0 R >> >>",
        Array(content.utf8))
    }

    var bytes: [UInt8] {
      var all = objects
      all[1] = "<< /Type /Catalog /Pages 2 0 R \(catalogue) >>"
      all[2] = objects[2] ?? "<< /Type /Pages /Kids [10 0 R 11 0 R 12 0 R] /Count 3 >>"
      all[3] = objects[3] ?? "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
      all[6] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
      for page in 1...3 {
        let isNasty = page == 2
        let box = isNasty ? mediaBox : "[0 0 400 500]"
        let fonts = "/Font << /F1 \(isNasty ? 3 : 6) 0 R >> \(isNasty ? resources : "")"
        all[9 + page] =
          "<< /Type /Page /Parent 2 0 R /MediaBox \(box) /Contents \(19 + page) 0 R /Resources << \(fonts) >> >>"
        let text = Self.stream(
          "", Array("BT /F1 12 Tf 50 \(500 - 100 * page) Td (\(NastyPDF.sentences[page - 1])) Tj ET".utf8))
        all[19 + page] = isNasty ? page2 ?? text : text
      }
      var file = Array("%PDF-1.5\n".utf8)
      var table = "xref\n0 1\n0000000000 65535 f \n"
      for (number, body) in all.sorted(by: { $0.key < $1.key }) {
        let digits = String(file.count)
        table += "\(number) 1\n\(String(repeating: "0", count: 10 - digits.utf8.count))\(digits) 00000 n \n"
        file += "\(number) 0 obj\n\(body)\nendobj\n".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      }
      let size = (all.keys.max() ?? 0) + 1
      let end = "\(table)trailer\n<< /Size \(size) /Root 1 0 R >>\nstartxref\n\(file.count)\n%%EOF\n"
      return file + Array(end.utf8)
    }
  }
}
