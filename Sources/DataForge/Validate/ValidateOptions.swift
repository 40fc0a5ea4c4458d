/// What a quote must bring to count as proof.
public struct ValidateOptions: Codable, Hashable, Sendable {
  /// How many letters and digits a quote needs at least. A Han, kana or Hangul syllable counts as three, since it says
  /// about as much as three letters.
  public var minimumQuoteLetters: Int

  /// Sets the bounds; the defaults let a table's cell pass and stop a lone word or number.
  public init(minimumQuoteLetters: Int = 8) { self.minimumQuoteLetters = minimumQuoteLetters }

  enum CodingKeys: String, CodingKey { case minimumQuoteLetters = "minimum_quote_letters" }
}
