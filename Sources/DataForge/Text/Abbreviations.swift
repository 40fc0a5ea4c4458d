/// English words that are written with a full stop that may not end the sentence; all in lower case, without the last
/// stop.
enum Abbreviations {
  /// Something always follows these.
  static let never: Set<String> = [
    "adm", "approx", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "e.g", "eg", "ens", "esp", "gen", "gov", "hon",
    "i.e", "ie", "incl", "lt", "maj", "messrs", "mme", "mr", "mrs", "ms", "mt", "prof", "rep", "resp", "rev", "sen",
    "sgt", "st", "viz", "vs", "w.r.t", "wrt", "ca",
  ]
  /// These stand before a number, and may be a word of their own otherwise (`no`, `art`).
  static let beforeNumbers: Set<String> = [
    "app", "art", "ch", "chap", "eq", "eqn", "eqs", "fig", "figs", "no", "nos", "nr", "p", "para", "pg", "pp", "ref",
    "refs", "sec", "sect", "tab", "vol", "vols", "v", "ver", "apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar",
    "nov", "oct", "sep", "sept",
  ]
  /// These may end a sentence: the next word decides.
  static let sometimes: Set<String> = [
    "al", "assn", "ave", "blvd", "bros", "co", "corp", "dept", "ed", "eds", "est", "etc", "inc", "jr", "llc", "ltd",
    "max", "min", "mss", "plc", "ph.d", "phd", "rd", "sr", "univ", "u.s", "u.k",
  ]
  /// Longer shortenings, behind which a word in lower case goes on.
  static let shortened: Set<String> = [
    "approx", "dept", "sect", "chap", "para", "assn", "univ", "misc", "orig", "prev",
  ]
  /// Words that begin a sentence far more often than they follow an abbreviation or an initial with a capital letter.
  static let starters: Set<String> = [
    "a", "after", "all", "also", "although", "an", "and", "any", "are", "as", "at", "because", "before", "both", "but",
    "by", "can", "do", "during", "each", "even", "every", "for", "from", "further", "given", "he", "here", "how",
    "however", "i", "if", "in", "instead", "is", "it", "its", "like", "many", "moreover", "most", "no", "not", "note",
    "of", "on", "once", "one", "only", "or", "other", "our", "see", "she", "since", "so", "some", "such", "that", "the",
    "their", "then", "there", "therefore", "these", "they", "this", "those", "though", "thus", "to", "under", "unless",
    "unlike", "until", "use", "using", "we", "what", "when", "where", "whether", "which", "while", "who", "why", "with",
    "without", "you", "your",
  ]
}
