/// The words that a name of a program's kind is made of: `first_name`, `firstName`, `first-name`.
enum WordsOfName {
  /// In lower case, in order.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character = " "
    for character in name {
      if !character.isLetter, !character.isNumber {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        if character.isUppercase, previous.isLowercase || previous.isNumber, !word.isEmpty {
          words.append(word)
          word = ""
        }
        word += character.lowercased()
      }
      previous = character
    }
    return word.isEmpty ? words : words + [word]
  }

  /// As a person writes it: `first name`.
  static func phrase(_ name: String) -> String { words(name).joined(separator: " ") }
}
