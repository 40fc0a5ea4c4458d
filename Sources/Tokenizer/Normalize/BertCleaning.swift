/// What BERT does to a text before it is cut.
struct BertCleaning: Sendable {
  let cleansText: Bool
  let spacesChinese: Bool
  let stripsAccents: Bool
  let lowercases: Bool

  init(_ field: TokenizerField) throws(TokenizerError) {
    cleansText = try field.flag("clean_text", default: true)
    spacesChinese = try field.flag("handle_chinese_chars", default: true)
    lowercases = try field.flag("lowercase", default: true)
    stripsAccents = try field.flag("strip_accents", default: lowercases)
  }

  func apply(to piece: inout PieceText) {
    if cleansText {
      piece.rewrite { value in
        if value == 0 || value == 0xFFFD || Self.isControl(value) { return nil }
        return ScalarTable.shared.isSpace(value) ? 0x20 : value
      }
    }
    if spacesChinese { Self.spaceChinese(&piece) }
    if stripsAccents {
      Normalizer.apply(.decomposed, to: &piece)
      piece.filter { !Self.isAccent($0) }
    }
    if lowercases { Normalizer.lowercase(&piece) }
  }

  /// Controls, formats and private characters of Unicode 8, but for the blanks among them.
  private static func isControl(_ value: UInt32) -> Bool {
    if value < 0x20 { return value != 9 && value != 10 && value != 13 }
    guard CategorySet.others.contains(place: ScalarTable.shared.category(value)),
      let properties = Unicode.Scalar(value)?.properties, properties.generalCategory != .unassigned
    else { return false }
    return properties.age?.major ?? 99 <= 8
  }

  private static func isAccent(_ value: UInt32) -> Bool {
    // Two became spacing marks after Unicode 8.
    if value == 0x1734 || value == 0x1171E { return true }
    let place = ScalarTable.shared.category(value)
    // Were other letters, a spacing mark and a sign in Unicode 8.
    if [0x1885, 0x1886, 0xA9BD, 0x111C9].contains(value) { return false }
    return place == Unicode.GeneralCategory.nonspacingMark.place && Normalizer.isMark(value, upToAge: 8)
  }

  private static func spaceChinese(_ piece: inout PieceText) {
    var hasChinese = false
    var changes: [ScalarChange] = []
    changes.reserveCapacity(piece.bytes.count)
    piece.forEachScalar { value in
      if isChinese(value) {
        hasChinese = true
        changes.append(ScalarChange(scalar: 0x20, change: 0))
        changes.append(ScalarChange(scalar: value, change: 1))
        changes.append(ScalarChange(scalar: 0x20, change: 1))
      } else {
        changes.append(ScalarChange(scalar: value, change: 0))
      }
    }
    if hasChinese { piece.transform(changes) }
  }

  private static func isChinese(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }
}
