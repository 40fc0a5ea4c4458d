/// The names of sections that are no text of the document's own: its contents, and the works that it cites.
enum SectionNames {
  enum Kind {
    case contents
    case references
  }

  /// What a heading announces. Case, numbers and punctuation do not count: `7. REFERENCES` is one.
  static func kind(of heading: ArraySlice<UInt8>) -> Kind? {
    guard heading.count <= 80 else { return nil }
    return kinds[key(withoutLabel(heading))]
  }

  private static func withoutLabel(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    switch LineLabel(text) {
    case .section(let length, _), .item(let length): text.dropFirst(length)
    default: text
    }
  }

  /// The letters alone, small ones where they are ASCII, so that letterspaced headings count too.
  private static func key(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.compactMap { byte in
      if byte >= 0x80 { return byte }
      return LineLabel.isLetter(byte) ? byte | 0x20 : nil
    }
  }

  private static let kinds: [[UInt8]: Kind] = {
    let contents = [
      "Contents", "Table of Contents", "Brief Contents", "Short Contents", "Contents in Brief", "Detailed Contents",
      "List of Figures", "List of Tables", "List of Illustrations", "List of Listings", "List of Algorithms",
      "List of Examples", "List of Plates", "Inhalt", "Inhaltsverzeichnis", "Inhaltsübersicht",
      "Abbildungsverzeichnis", "Tabellenverzeichnis", "Sommaire", "Table des matières", "Table des figures",
      "Liste des tableaux", "Índice", "Índice general", "Contenido", "Tabla de contenidos", "Índice de figuras",
      "Sumário", "Conteúdo", "Indice", "Sommario", "Inhoud", "Inhoudsopgave", "Innehåll", "Innehållsförteckning",
      "Indhold", "Innhold", "Sisällys", "Spis treści", "Obsah", "Tartalom", "Tartalomjegyzék", "Cuprins",
      "Содержание", "СОДЕРЖАНИЕ", "Оглавление", "ОГЛАВЛЕНИЕ", "Περιεχόμενα", "İçindekiler", "目次", "目录", "目錄", "차례",
      "목차",
    ]
    let references = [
      "References", "Reference List", "List of References", "References Cited", "Bibliography",
      "Bibliographical References",
      "Selected Bibliography", "Annotated Bibliography", "References and Notes", "Notes and References",
      "References and Further Reading", "Literature", "Literature Cited", "Works Cited", "Cited Works", "Literatur",
      "Literaturverzeichnis", "Quellen", "Quellenverzeichnis", "Références", "Références bibliographiques",
      "Bibliographie", "Referencias", "Referencias bibliográficas", "Bibliografía", "Referências",
      "Referências bibliográficas", "Bibliografia", "Riferimenti", "Riferimenti bibliografici", "Literatuur",
      "Referenties", "Referenser", "Litteratur", "Literatura", "Irodalom", "Список литературы", "Литература",
      "ЛИТЕРАТУРА", "Βιβλιογραφία", "Kaynakça", "参考文献", "參考文獻", "참고문헌",
    ]
    var kinds: [[UInt8]: Kind] = [:]
    for name in contents { kinds[key(Array(name.utf8)[...])] = .contents }
    for name in references { kinds[key(Array(name.utf8)[...])] = .references }
    return kinds
  }()
}
