/// What a word can be, for the small set of English words that hold sentences together.
struct WordClass: OptionSet, Sendable {
  let rawValue: UInt32

  static let article = WordClass(rawValue: 1 << 0)
  /// Points out of the sentence when it stands for something: `it`, `they`, `this`.
  static let pronoun = WordClass(rawValue: 1 << 1)
  static let preposition = WordClass(rawValue: 1 << 2)
  static let conjunction = WordClass(rawValue: 1 << 3)
  /// Begins a clause that depends on another: `if`, `because`, `which`.
  static let subordinator = WordClass(rawValue: 1 << 4)
  static let be = WordClass(rawValue: 1 << 5)
  static let auxiliary = WordClass(rawValue: 1 << 6)
  static let modal = WordClass(rawValue: 1 << 7)
  static let adverb = WordClass(rawValue: 1 << 8)
  static let number = WordClass(rawValue: 1 << 9)
  /// `each`, `some`, `all`.
  static let quantifier = WordClass(rawValue: 1 << 10)
  /// Ties the sentence to the one before it: `however`, `therefore`, `also`.
  static let connective = WordClass(rawValue: 1 << 11)
  /// Makes a phrase point at something said elsewhere: `above`, `same`, `former`.
  static let pointing = WordClass(rawValue: 1 << 12)
  /// Speaks as the author, or to nobody in particular: `we`, `our`.
  static let voice = WordClass(rawValue: 1 << 13)
  /// A noun of quality or measure: `size`, `default`, `purpose`.
  static let attribute = WordClass(rawValue: 1 << 14)
  /// A noun for something that acts: `command`, `function`.
  static let actor = WordClass(rawValue: 1 << 15)
  /// A noun or adjective too empty to ask about by itself: `thing`, `way`.
  static let vague = WordClass(rawValue: 1 << 16)
}

/// The classes of the words that the patterns know.
enum Lexicon {
  static func classes(of lower: String) -> WordClass { table[lower] ?? [] }

  private static let table: [String: WordClass] = {
    var table: [String: WordClass] = [:]
    func add(_ classes: WordClass, _ words: String) {
      for word in words.split(separator: " ") { table[String(word), default: []].formUnion(classes) }
    }
    add(.article, "a an the")
    add(.pronoun, "it its itself they them their theirs themselves this these those he she him her his hers one ones")
    add(.pronoun, "there here someone anyone everyone nobody something anything everything nothing none either neither")
    add(.preposition, "of in on at by for with from to into onto under over about between among through during within")
    add(.preposition, "without against across along around behind beside beyond near off outside inside toward towards")
    add(.preposition, "upon via per as like unlike than until since before after despite except including regarding")
    add(.preposition, "concerning throughout")
    add(.conjunction, "and or but nor yet plus")
    add(.subordinator, "if when whenever while whereas because although though unless that which who whom whose where")
    add(.subordinator, "what how why whether since until once so")
    add(.be, "is are was were")
    add(.auxiliary, "has have had do does did be been being")
    add(.modal, "can could may might must shall should will would cannot")
    add(
      .adverb, "also always often usually normally generally typically currently commonly sometimes never only just not"
    )
    add(.adverb, "simply mainly mostly primarily already still even very too quite rather almost nearly then now again")
    add(
      .adverb, "first finally later soon ever therefore thus hence however instead otherwise together further perhaps")
    add(.adverb, "maybe frequently automatically directly explicitly implicitly traditionally historically")
    add(
      .number, "two three four five six seven eight nine ten eleven twelve twenty hundred thousand million zero dozen")
    add(
      .quantifier, "each every all some many most several few any both no various more less another other others such")
    add(.quantifier, "much certain certainly enough lots")
    add(
      .connective,
      "however therefore thus hence also moreover furthermore nevertheless nonetheless consequently instead")
    add(
      .connective,
      "likewise similarly accordingly besides meanwhile too again conversely finally otherwise still indeed")
    add(.connective, "anyway additionally and but or so then yet nor")
    add(.pointing, "above below previous previously following aforementioned former latter same earlier preceding said")
    add(
      .pointing, "herein hereafter hereby next last similar analogous corresponding respective respectively resulting")
    add(.voice, "we our us ours i my me mine myself ourselves let's lets we'll we've i'm i've he she his her him hers")
    add(
      .attribute, "size length width height name default value number limit maximum minimum purpose goal role aim job")
    add(
      .attribute, "task function difference advantage disadvantage drawback benefit reason cause effect meaning order")
    add(
      .attribute,
      "location path format syntax type kind version unit range rate speed cost price weight duration period")
    add(
      .attribute, "frequency temperature pressure capacity syntax structure origin source author address port behaviour"
    )
    add(.attribute, "behavior result output input mode method way responsibility intent intention objective priority")
    add(.attribute, "convention rule requirement extension permission permissions policy definition names values")
    add(.actor, "command function option tool program script utility method operator flag daemon service server client")
    add(
      .actor, "compiler interpreter linker editor parser kernel module library package driver macro procedure routine")
    add(.actor, "application system switch directive instruction hook plugin extension engine filter manager installer")
    add(.actor, "operator statement field variable attribute property target stage process class object file directory")
    add(
      .vague, "thing things way ways case cases fact point idea problem problems result results reason reasons question"
    )
    add(
      .vague,
      "example examples exception issue issues matter solution answer situation rest part parts aspect aspects kind sort"
    )
    add(.vague, "first second third only main new old given entire whole various real best important difficult easy")
    add(.vague, "possible necessary goal exception caveat consequence difference user users value values name names")
    add(.vague, "file files argument arguments function functions option options command commands object objects")
    add([.vague, .attribute], "status argument arguments string strings number position index text")
    add(
      .vague,
      "pattern patterns word words entry entries item items form forms element elements list lists set sets call")
    add(.vague, "state mode parameter parameters keyword expression default defaults")
    return table
  }()
}
