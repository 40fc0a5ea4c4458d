/// A form of a verb that stands in a text.
enum VerbForm: Sendable {
  /// `use`
  case base
  /// `uses`
  case third
  /// `used`
  case past
  /// `using`
  case gerund
}

/// Common English verbs of expository prose, with their forms, so that a verb is told from a noun without a tagger.
enum Verbs {
  /// The base of a form; `nil` where the word is no form of a verb that we know.
  static func base(of lower: String, _ form: VerbForm) -> String? {
    switch form {
    case .base: bases.contains(lower) ? lower : nil
    case .third: thirds[lower]
    case .past: pasts[lower]
    case .gerund: gerunds[lower]
    }
  }

  /// Verbs whose object answers `What does … ?` by itself.
  static let takingObjects: Set<String> = words(
    """
    contain provide include require support use return produce represent define describe specify determine control
    measure store implement generate create handle accept return perform offer hold identify indicate denote mean
    manage cover supply install remove combine enforce preserve protect ensure prevent detect select display
    print report record encode express carry extend replace emit yield need comprise involve affect reflect reduce
    improve increase govern list signify expect receive consume compute calculate check test verify
    """)

  /// Verbs with the preposition that their object needs.
  static let withPrepositions: [String: String] = [
    "consist": "of", "depend": "on", "rely": "on", "refer": "to", "stand": "for", "belong": "to", "correspond": "to",
    "apply": "to", "result": "in", "lead": "to", "deal": "with", "default": "to", "point": "to", "interact": "with",
    "focus": "on", "aim": "at", "derive": "from", "differ": "from", "contribute": "to", "respond": "to",
  ]

  /// Participles of being somewhere.
  static let placing: Set<String> = words(
    "stored located installed kept placed saved recorded mounted put logged held found hosted documented stated declared"
  )

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static let regular = words(
    """
    accept access achieve act activate adapt add address adjust affect aim allow alter analyse analyze answer appear
    append apply approach arrange ask assign assist associate assume attach attempt attract avoid balance base behave
    belong benefit block boot bound branch browse bundle cache calculate call cancel capture cause change
    check choose claim clean clear click clone close collect combine commit communicate compare compile
    complete compose comprise compress compute concatenate configure confirm conform connect consider consist construct
    consume contain continue contribute control convert copy correct correspond count cover crash create customize
    declare decode decompress decrease default define delay delegate delete deliver demand denote depend deploy derive
    describe design detect determine develop differ direct disable discard display distinguish distribute divide
    document download edit elect eliminate embed emit emphasize employ enable encode encourage encrypt end enforce
    enhance ensure enter escape establish estimate evaluate examine exceed exclude execute exist exit expand expect
    explain export expose express extend extract fail fetch fill filter finish fix flush focus follow force format
    free fulfil function gather generate govern grant group guarantee guide handle happen help host identify ignore
    illustrate implement imply import improve include incorporate increase indicate infer influence inform inherit
    initialize initialise insert inspect install instruct integrate intend interact interpret introduce invoke involve
    isolate issue iterate join jump kill label lack last launch limit link list listen load locate lock log look
    maintain manage map mark mask match matter measure merge migrate modify monitor mount move multiply name need
    normalize note notify number obtain occur offer omit open operate optimize order organize originate override
    overlap own pack pad parse partition pass paste perform permit place plot point populate precede predict prefer
    prefix prepare present preserve press prevent print process produce prohibit prompt propagate propose protect
    provide publish purge push query quote raise rank reach receive recognize recommend record recover redirect reduce
    refer reflect refuse register reject relate release rely remain remove rename render repair repeat replace reply
    report represent request require reserve reset resemble reside resolve respond restart restore restrict result
    resume retain retrieve return reuse reverse review rotate round sample save scale scan schedule search select
    separate serve share shift show shut signal signify simplify skip solve sort specify speed sponsor start state stay
    stop store strip subscribe suffer suggest supply support suppose suppress surround switch synchronize tag target
    tend terminate test track train transfer transform translate transmit transport treat trigger
    truncate trust try turn type uninstall unpack update upgrade upload use utilize validate vary verify view violate
    visit visualize vote wait walk want warn watch wish work wrap yield zip double halt cite
    """)

  /// Base, past, participle.
  private static let irregular: [(String, String, String)] = [
    ("become", "became", "become"), ("begin", "began", "begun"), ("break", "broke", "broken"),
    ("bring", "brought", "brought"), ("build", "built", "built"), ("buy", "bought", "bought"),
    ("choose", "chose", "chosen"), ("come", "came", "come"), ("cost", "cost", "cost"), ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"), ("do", "did", "done"), ("draw", "drew", "drawn"), ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"), ("find", "found", "found"), ("get", "got", "got"), ("give", "gave", "given"),
    ("go", "went", "gone"), ("grow", "grew", "grown"), ("have", "had", "had"), ("hold", "held", "held"),
    ("keep", "kept", "kept"), ("know", "knew", "known"), ("lead", "led", "led"), ("leave", "left", "left"),
    ("let", "let", "let"), ("lie", "lay", "lain"), ("lose", "lost", "lost"), ("make", "made", "made"),
    ("mean", "meant", "meant"), ("meet", "met", "met"), ("overwrite", "overwrote", "overwritten"),
    ("put", "put", "put"), ("read", "read", "read"), ("rebuild", "rebuilt", "rebuilt"), ("rise", "rose", "risen"),
    ("run", "ran", "run"), ("see", "saw", "seen"), ("seek", "sought", "sought"), ("sell", "sold", "sold"),
    ("send", "sent", "sent"), ("set", "set", "set"), ("shut", "shut", "shut"), ("split", "split", "split"),
    ("spend", "spent", "spent"), ("stand", "stood", "stood"), ("take", "took", "taken"), ("teach", "taught", "taught"),
    ("tell", "told", "told"), ("think", "thought", "thought"), ("throw", "threw", "thrown"),
    ("understand", "understood", "understood"), ("win", "won", "won"), ("write", "wrote", "written"),
  ]

  private static let bases: Set<String> = regular.union(irregular.map(\.0))

  private static let thirds: [String: String] = {
    var forms = Dictionary(bases.map { (third(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
    forms["has"] = nil
    forms["does"] = nil
    return forms
  }()

  private static let pasts: [String: String] = {
    var forms: [String: String] = [:]
    for (base, past, participle) in irregular {
      forms[past] = base
      forms[participle] = base
    }
    for base in regular { forms[past(of: base)] = base }
    return forms
  }()

  private static let gerunds: [String: String] = Dictionary(
    bases.map { (gerund(of: $0), $0) }, uniquingKeysWith: { first, _ in first })

  private static func third(of base: String) -> String {
    if base.hasSuffix("y"), !hasVowelBeforeLast(base) { return base.dropLast() + "ies" }
    if ["s", "x", "z", "o"].contains(base.suffix(1)) || ["ch", "sh"].contains(base.suffix(2)) { return base + "es" }
    return base + "s"
  }

  private static func past(of base: String) -> String {
    if base.hasSuffix("e") { return base + "d" }
    if base.hasSuffix("y"), !hasVowelBeforeLast(base) { return base.dropLast() + "ied" }
    return doubled(base) + "ed"
  }

  private static func gerund(of base: String) -> String {
    if base.hasSuffix("ie") { return base.dropLast(2) + "ying" }
    if base.hasSuffix("e"), !base.hasSuffix("ee"), base.count > 2 { return base.dropLast() + "ing" }
    return doubled(base) + "ing"
  }

  /// `stop` becomes `stopp`, `refer` becomes `referr`; `open` and `edit` stay.
  private static func doubled(_ base: String) -> String {
    let doubling: Set<String> = [
      "stop", "plot", "map", "tag", "zip", "skip", "strip", "ship", "wrap", "commit", "submit", "refer", "prefer",
      "infer", "occur", "transfer", "pad", "embed", "log", "run", "set", "put", "get", "cut", "shut", "split", "begin",
      "let", "permit", "transmit", "emit", "omit", "control", "compel", "scan", "swap", "drop",
      "plan", "win",
    ]
    guard doubling.contains(base), let last = base.last else { return base }
    return base + String(last)
  }

  private static func hasVowelBeforeLast(_ base: String) -> Bool {
    guard let letter = base.dropLast().last else { return false }
    return "aeiou".contains(letter)
  }
}
