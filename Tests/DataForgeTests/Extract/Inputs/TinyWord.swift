/// Makes Word documents out of the parts that matter.
struct TinyWord {
  /// WordprocessingML that stands in the body.
  var body: String
  var styles: String?
  var numbering: String?
  var footnotes: String?
  var header: String?
  var core: String?

  init(_ body: String) { self.body = body }

  static let namespaces =
    #"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#
    + #"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#
    + #"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#

  /// A paragraph of one run.
  static func paragraph(_ text: String, _ properties: String = "") -> String {
    "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
  }

  var bytes: [UInt8] {
    var archive = TinyArchive()
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    let relations = #"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
    archive.add("[Content_Types].xml", "<Types/>")
    var root = relations + #"<Relationship Id="r1" Type="\#(relation)officeDocument" Target="word/document.xml"/>"#
    if let core {
      root += #"<Relationship Id="r2" Type="x/core-properties" Target="docProps/core.xml"/>"#
      archive.add("docProps/core.xml", core)
    }
    archive.add("_rels/.rels", root + "</Relationships>")
    archive.add(
      "word/document.xml", "<w:document \(Self.namespaces)><w:body>\(body)</w:body></w:document>")
    var own = relations
    for (name, part, element) in [
      ("styles", styles, "w:styles"), ("numbering", numbering, "w:numbering"), ("footnotes", footnotes, "w:footnotes"),
      ("header", header, "w:hdr"),
    ] {
      guard let part else { continue }
      own += #"<Relationship Id="\#(name)" Type="\#(relation)\#(name)" Target="\#(name).xml"/>"#
      archive.add("word/\(name).xml", "<\(element) \(Self.namespaces)>\(part)</\(element)>")
    }
    archive.add("word/_rels/document.xml.rels", own + "</Relationships>")
    return archive.bytes
  }
}
