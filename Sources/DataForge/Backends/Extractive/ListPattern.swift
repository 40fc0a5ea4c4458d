/// A sentence that announces a list, with the list as its answer.
struct ListPattern: QuestionPattern {
  func draft(_ sentence: Sentence, _ passage: borrowing Passage) -> Draft? {
    guard let first = sentence.items.first, let last = sentence.items.last, sentence.items.count >= 2 else {
      return nil
    }
    let items = first.lowerBound..<last.upperBound
    guard items.count <= 1200, let question = question(sentence, passage) else { return nil }
    return Draft(
      question: question, answer: items,
      reason:
        "The sentence “\(passage.text(sentence.range))” announces these \(sentence.items.count) items as what the "
        + "question asks for.", score: 0.97)
  }

  private func question(_ sentence: Sentence, _ passage: borrowing Passage) -> String? {
    goal(sentence, passage) ?? there(sentence, passage) ?? following(sentence, passage) ?? object(sentence, passage)
  }

  /// `To install a package, follow these steps:`
  private func goal(_ sentence: Sentence, _ passage: borrowing Passage) -> String? {
    let tokens = sentence.tokens
    guard sentence.starts("to"), let comma = tokens.firstIndex(where: \.isBreak), tokens[comma].hasComma, comma >= 2,
      Verbs.base(of: tokens[1].lower, .base) != nil,
      !tokens[1...comma].contains(where: { $0.is([.pronoun, .subordinator]) })
    else { return nil }
    return "How do you \(passage.text(tokens, 1..<comma + 1))?"
  }

  /// `There are three kinds of locks:`
  private func there(_ sentence: Sentence, _ passage: borrowing Passage) -> String? {
    let tokens = sentence.tokens
    guard sentence.starts("there", "are"), tokens.count >= 4, let last = tokens.indices.last,
      tokens[2].is([.number, .quantifier]) || tokens[2].isNumeric,
      !tokens[2...].contains(where: { $0.is([.subordinator, .pronoun]) || $0.lower == "following" }),
      sentence.isUnbroken(2..<last + 1), tokens[3...].contains(where: { $0.looksPlural })
    else { return nil }
    let isCounted = tokens[2].is(.number) || tokens[2].isNumeric
    guard tokens.count - 3 >= 2 else { return nil }
    let things = passage.text(tokens, (isCounted ? 2 : 3)..<last + 1)
    return isCounted ? "What are the \(things)?" : "What \(things) are there?"
  }

  /// `The following formats are supported by X:`, `X supports the following formats:`
  private func following(_ sentence: Sentence, _ passage: borrowing Passage) -> String? {
    let tokens = sentence.tokens
    guard let place = tokens.firstIndex(where: { $0.lower == "following" }), place > 0, tokens[place - 1].lower == "the"
    else { return nil }
    if place == 1 {
      guard
        let verb = (3..<max(3, min(tokens.count, 8))).first(where: {
          tokens[$0].is([.be, .modal]) || Verbs.base(of: tokens[$0].lower, .base) != nil
        }), tokens.count - verb >= 4, sentence.isUnbroken(2..<tokens.count),
        tokens[verb...].contains(where: { $0.is(.preposition) }), !tokens[verb...].contains(where: { $0.is(.pronoun) })
      else { return nil }
      return "Which \(passage.text(tokens, 2..<tokens.count))?"
    }
    guard let clause = sentence.clause, clause.rest == place - 1, case .plain(let base, let third) = clause.verb,
      tokens.count > place + 1, sentence.isUnbroken(place..<tokens.count)
    else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    let things = passage.text(tokens, place + 1..<tokens.count)
    return writer.ask("Which \(things) \(third ? "does" : "do") \(writer.subject(clause, passage)) \(base)", passage)
  }

  /// `A package consists of:`, `The header contains these fields:`
  private func object(_ sentence: Sentence, _ passage: borrowing Passage) -> String? {
    let tokens = sentence.tokens
    guard let clause = sentence.clause else { return nil }
    let writer = QuestionWriter(sentence: sentence)
    switch clause.verb {
    case .plain(let base, let third):
      if let preposition = Verbs.withPrepositions[base], tokens[clause.rest].lower == preposition,
        tokens.count - clause.rest <= 4
      {
        return writer.inverted("What", clause, upTo: clause.rest + 1, passage)
      }
      guard Verbs.takingObjects.contains(base) || base == "have", tokens.count - clause.rest <= 5,
        sentence.isUnbroken(clause.rest..<tokens.count), let number = tokens[safe: clause.rest],
        number.is([.number, .quantifier]) || number.isNumeric, tokens.count - clause.rest >= 2
      else { return nil }
      let things = passage.text(tokens, clause.rest..<tokens.count)
      return writer.ask("Which \(things) \(third ? "does" : "do") \(writer.subject(clause, passage)) \(base)", passage)
    case .be:
      // `The supported formats are:`
      guard clause.rest >= tokens.count - 1, clause.subject.count >= 3, tokens[clause.verbIndex].lower == "are" else {
        return nil
      }
      return writer.ask("What are \(writer.subject(clause, passage))", passage)
    case .modal: return nil
    }
  }
}
