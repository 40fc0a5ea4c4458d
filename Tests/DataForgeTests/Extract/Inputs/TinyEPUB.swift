/// Makes EPUBs.
struct TinyEPUB {
  /// The parts of the spine: names below `OPS/` and their pages.
  var chapters: [(name: String, page: String)]
  var metadata = "<dc:title>A Book</dc:title><dc:creator>Ann</dc:creator><dc:date>2020-05-01</dc:date>"
  var encryption: String?
  /// What the manifest says in the place of the chapters' own names.
  var references: [String]?

  init(_ chapters: [(String, String)]) { self.chapters = chapters }

  var bytes: [UInt8] {
    var archive = TinyArchive()
    archive.add("mimetype", "application/epub+zip")
    archive.add(
      "META-INF/container.xml",
      "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>")
    if let encryption { archive.add("META-INF/encryption.xml", encryption) }
    var items = #"<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>"#
    var spine = #"<itemref idref="nav"/>"#
    for (index, chapter) in chapters.enumerated() {
      let reference = references?[index] ?? chapter.name
      items += #"<item id="c\#(index)" href="\#(reference)" media-type="application/xhtml+xml"/>"#
      spine += #"<itemref idref="c\#(index)"/>"#
      archive.add("OPS/" + chapter.name, "<html><body>\(chapter.page)</body></html>")
    }
    archive.add("OPS/nav.xhtml", "<html><body><nav><ol><li>Contents entry</li></ol></nav></body></html>")
    archive.add(
      "OPS/book.opf",
      """
      <package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>\(metadata)</metadata>\
      <manifest>\(items)</manifest><spine>\(spine)</spine></package>
      """)
    return archive.bytes
  }
}
