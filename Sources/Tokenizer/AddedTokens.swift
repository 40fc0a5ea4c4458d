/// The tokens that were added to a vocabulary.
struct AddedTokens: Sendable {
  /// In the order of their ids.
  let all: [AddedToken]
  private let byID: [Int32: Int]
  private let byContent: [[UInt8]: Int32]
  /// What a token is after normalization, where that differs.
  private let normalizedContents: [Int32: [UInt8]]
  private let specialContents: Set<[UInt8]>
  private let literal: AddedTokenMatcher?
  private let normalized: AddedTokenMatcher?

  /// Reads the `added_tokens` of a file.
  ///
  /// As in the `tokenizers` library a token that the model has keeps the model's id, and the others are numbered from
  /// the size of the vocabulary on, whatever the file says.
  init(_ field: TokenizerField?, _ model: TokenTable, _ normalizer: Normalizer?) throws(TokenizerError) {
    var tokens: [Int32: AddedToken] = [:]
    var byContent: [[UInt8]: Int32] = [:]
    var specialContents: Set<[UInt8]> = []
    var normalizedContents: [Int32: [UInt8]] = [:]
    var nextID = Int32(model.count)
    for element in try field?.elements() ?? [] {
      var token = try AddedToken(element)
      let content = Array(token.content.utf8)
      guard !content.isEmpty else { continue }
      var id = byContent[content] ?? model.id(content)
      if id < 0 {
        id = nextID
        nextID += 1
      }
      token.id = Int(id)
      tokens[id] = token
      byContent[content] = id
      if token.isSpecial { specialContents.insert(content) }
      guard token.isNormalized, let normalizer else { continue }
      let normal = Self.normalized(content, normalizer)
      if normal != content { normalizedContents[id] = normal }
    }
    all = tokens.values.sorted { $0.id < $1.id }
    byID = Dictionary(uniqueKeysWithValues: all.enumerated().map { (Int32($0.element.id), $0.offset) })
    self.byContent = byContent
    self.normalizedContents = normalizedContents
    self.specialContents = specialContents
    var literals: [([UInt8], AddedToken)] = []
    var normals: [([UInt8], AddedToken)] = []
    for token in all {
      let content = Array(token.content.utf8)
      if token.isNormalized {
        normals.append((normalizedContents[Int32(token.id)] ?? content, token))
      } else {
        literals.append((content, token))
      }
    }
    literal = AddedTokenMatcher(literals)
    normalized = AddedTokenMatcher(normals)
  }

  private static func normalized(_ content: [UInt8], _ normalizer: Normalizer) -> [UInt8] {
    var text = WorkingText(content)
    text.rewrite { normalizer.apply(to: &$0) }
    return text.bytes
  }

  /// Cuts a text at the tokens that are looked for in it as it was given.
  func splitLiteral(_ text: inout WorkingText) { literal?.split(&text) }

  /// Cuts a text at the tokens that are looked for in it once it is normalized.
  func splitNormalized(_ text: inout WorkingText) { normalized?.split(&text) }

  func id(_ content: [UInt8]) -> Int32? { byContent[content] }

  func token(_ id: Int32) -> AddedToken? { byID[id].map { all[$0] } }

  /// What a token is decoded from: what it was normalized to, where it was.
  func decoded(_ id: Int32) -> [UInt8]? {
    normalizedContents[id] ?? token(id).map { Array($0.content.utf8) }
  }

  func isSpecial(_ content: [UInt8]) -> Bool { specialContents.contains(content) }
}
