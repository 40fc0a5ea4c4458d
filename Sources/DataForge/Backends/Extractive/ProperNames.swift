/// Names that keep their capital letter in the middle of a sentence and that look like common words.
enum ProperNames {
  static func contains(_ lower: String) -> Bool { names.contains(lower) }

  private static let names: Set<String> = [
    "ada", "africa", "alsa", "america", "android", "apache", "apple", "april", "arabic", "asia", "august", "aurora",
    "australia", "azure", "bash", "berkeley", "bluetooth", "boolean", "britain", "canada", "chicago", "china",
    "chinese",
    "chrome", "christian", "debian", "december", "docker", "earth", "emacs", "england", "english", "ethernet", "europe",
    "european", "excel", "facebook", "february", "fedora", "firefox", "fortran", "france", "french", "friday", "german",
    "germany", "ghostscript", "gnome", "gnuplot", "google", "greek", "haskell", "india", "indian", "intel",
    "italian", "italy", "january", "japan", "japanese", "java", "javascript", "july", "june", "kubernetes",
    "latex", "latin", "linux", "lisp", "london", "lua", "mac", "markdown", "mars", "matlab", "microsoft",
    "monday", "moon", "mozilla", "november", "october", "octave", "oracle", "paris", "pascal", "perl", "postgres",
    "postscript", "python", "roman", "rome", "ruby", "russia", "russian", "rust", "saturday", "scheme",
    "september", "solaris", "spain", "spanish", "spark", "sunday", "swift", "texinfo", "thursday", "tokyo",
    "tuesday", "ubuntu", "unicode", "unix", "vim", "wayland", "wednesday", "windows", "wikipedia", "xerox", "zsh",
  ]
}
