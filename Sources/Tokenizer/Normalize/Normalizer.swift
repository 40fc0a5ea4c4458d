/// A step that changes the text before it is cut into pieces.
indirect enum Normalizer: Sendable {
  case sequence([Normalizer])
  case form(UnicodeForm)
  case lowercase
  case strip(left: Bool, right: Bool)
  case stripAccents
  case prepend([UInt8])
  case replace(SplitPattern, [UInt8])
  case charsmap(Charsmap)
  case bert(BertCleaning)
  case nmt
  case byteLevel

  init(_ field: TokenizerField) throws(TokenizerError) {
    let type = try field.required("type").string()
    switch type {
    case "Sequence":
      var normalizers: [Normalizer] = []
      for element in try field.required("normalizers").elements() { normalizers.append(try Normalizer(element)) }
      self = .sequence(normalizers)
    case "NFC": self = .form(.composed)
    case "NFD": self = .form(.decomposed)
    case "NFKC": self = .form(.compatiblyComposed)
    case "NFKD": self = .form(.compatiblyDecomposed)
    case "Lowercase": self = .lowercase
    case "Strip":
      self = .strip(
        left: try field.flag("strip_left", default: true), right: try field.flag("strip_right", default: true))
    case "StripAccents": self = .stripAccents
    case "Prepend": self = .prepend(Array(try field.required("prepend").string().utf8))
    case "Replace":
      let content = Array(try field.required("content").string().utf8)
      self = .replace(try SplitPattern(field.required("pattern")), content)
    case "Precompiled":
      // A file may have the kind without a map, which then changes nothing.
      guard let map = field.member("precompiled_charsmap") else {
        self = .sequence([])
        return
      }
      self = .charsmap(try Charsmap(map))
    case "BertNormalizer": self = .bert(try BertCleaning(field))
    case "Nmt": self = .nmt
    case "ByteLevel": self = .byteLevel
    default:
      throw field.unsupported(
        "the normalizer `\(type)` is not supported; supported are BertNormalizer, ByteLevel, Lowercase, NFC, NFD, NFKC, "
          + "NFKD, Nmt, Precompiled, Prepend, Replace, Sequence, Strip and StripAccents")
    }
  }

  /// Changes a part of a text.
  func apply(to piece: inout PieceText) {
    switch self {
    case .sequence(let normalizers): for normalizer in normalizers { normalizer.apply(to: &piece) }
    case .form(let form): Self.apply(form, to: &piece)
    case .lowercase: Self.lowercase(&piece)
    case .strip(let left, let right): Self.strip(&piece, left, right)
    case .stripAccents: piece.filter { !Self.isAccent($0) }
    case .prepend(let prefix): piece.prepend(prefix)
    case .replace(let pattern, let content): piece.replace(pattern, with: content)
    case .charsmap(let map): map.apply(to: &piece)
    case .bert(let cleaning): cleaning.apply(to: &piece)
    case .nmt: piece.rewrite(Self.nmt)
    case .byteLevel: Self.writeBytes(&piece)
    }
  }

  /// Whether the part of a text surely stays as it is.
  func clearlyKeeps(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    switch self {
    case .sequence(let normalizers): normalizers.allSatisfy { $0.clearlyKeeps(text, start, end) }
    case .form(let form): form.clearlyHolds(text, start, end)
    case .replace(.literal(let wanted), _): !Self.contains(wanted, text, start, end)
    default: false
    }
  }

  private static func contains(_ wanted: [UInt8], _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var found = false
    SplitPattern.literal(wanted).forEachMatch(in: text, start, end) { _, _ in found = true }
    return found
  }

  static func apply(_ form: UnicodeForm, to piece: inout PieceText) {
    let changes = piece.bytes.withUnsafeBufferPointer { buffer -> [ScalarChange]? in
      guard let text = buffer.baseAddress, !form.clearlyHolds(text, 0, buffer.count) else { return nil }
      return form.changes(text, buffer.count)
    }
    if let changes { piece.transform(changes) }
  }

  static func lowercase(_ piece: inout PieceText) {
    var changes: [ScalarChange] = []
    changes.reserveCapacity(piece.bytes.count)
    piece.forEachScalar { value in
      if value < 0x80 {
        changes.append(ScalarChange(scalar: (0x41...0x5A).contains(value) ? value + 0x20 : value, change: 0))
        return
      }
      guard let scalar = Unicode.Scalar(value) else { return }
      for (index, lower) in scalar.properties.lowercaseMapping.unicodeScalars.enumerated() {
        changes.append(ScalarChange(scalar: lower.value, change: index > 0 ? 1 : 0))
      }
    }
    piece.transform(changes)
  }

  private static func strip(_ piece: inout PieceText, _ left: Bool, _ right: Bool) {
    var first = piece.bytes.count
    var last = 0
    var place = 0
    piece.forEachScalar { value in
      let length = ByteString.length(of: value)
      if !ScalarTable.shared.isSpace(value) {
        first = min(first, place)
        last = place + length
      }
      place += length
    }
    let start = left ? first : 0
    let end = right ? max(last, start) : piece.bytes.count
    piece.bytes = Array(piece.bytes[start..<end])
    piece.origins = Array(piece.origins[start..<end])
  }

  /// What `StripAccents` takes for a mark, in Unicode 9.
  private static func isAccent(_ value: UInt32) -> Bool {
    switch value {
    // Became letters since.
    case 0x1CF2, 0x1CF3: true
    // Was a sign.
    case 0x111C9: false
    default: isMark(value, upToAge: 9)
    }
  }

  /// Whether a scalar is a mark in the Unicode version that a library knew.
  static func isMark(_ value: UInt32, upToAge age: Int) -> Bool {
    guard ScalarTable.shared.kinds(value) & ScalarTable.Kinds.mark != 0, let scalar = Unicode.Scalar(value) else {
      return false
    }
    return scalar.properties.age?.major ?? 99 <= age
  }

  private static func nmt(_ value: UInt32) -> UInt32? {
    switch value {
    case 1...8, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: nil
    case 9, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: 0x20
    default: value
    }
  }

  /// Writes each byte as the character that stands for it.
  static func writeBytes(_ piece: inout PieceText) {
    var newBytes: [UInt8] = []
    var newOrigins: [Origin] = []
    newBytes.reserveCapacity(piece.bytes.count * 2)
    newOrigins.reserveCapacity(piece.bytes.count * 2)
    for (byte, origin) in zip(piece.bytes, piece.origins) {
      let scalar = ByteAlphabet.scalars[Int(byte)]
      ByteString.append(scalar, to: &newBytes)
      for _ in 0..<ByteString.length(of: scalar) { newOrigins.append(origin) }
    }
    (piece.bytes, piece.origins) = (newBytes, newOrigins)
  }
}
