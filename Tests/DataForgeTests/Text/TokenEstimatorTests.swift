import Testing

@testable import DataForge

@Suite struct TokenEstimatorTests {
  /// Texts with the tokens that Qwen2's tokenizer makes of them.
  static let measured: [(text: String, tokens: Int)] = [
    (
      "A shared library is a file of compiled code that several programs load at run time, so that it is kept in memory only once.",
      27
    ),
    (
      "for index in range(len(values)):\n    if values[index] is None:\n        raise ValueError(f\"no value at {index}\")\n",
      26
    ),
    (
      "Die Paketverwaltung sorgt dafür, dass alle Abhängigkeiten eines Programms vor seiner Installation vorhanden sind.",
      27
    ),
    ("パッケージ管理システムは、ソフトウェアの導入と更新を自動的に行います。設定ファイルは保存されます。", 28),
    ("软件包管理系统会自动安装和更新软件，并保留用户修改过的配置文件。", 17),
    ("Система управления пакетами устанавливает программы и следит за зависимостями между ними.", 24),
    ("The limit is 4096 bytes (4 KiB), set on 2024-05-17 with `ulimit -s 4096`; see /etc/security/limits.conf.", 47),
  ]

  @Test("the estimate lies within two fifths of what Qwen2 makes of short texts", arguments: 0..<measured.count)
  func isHonest(_ index: Int) {
    let (text, tokens) = Self.measured[index]
    let estimate = TokenEstimator().count(text)
    #expect(Double(estimate) >= Double(tokens) * 0.7, "\(estimate) for \(tokens)")
    #expect(Double(estimate) <= Double(tokens) * 1.4, "\(estimate) for \(tokens)")
  }

  @Test("only an empty text has no tokens")
  func emptiness() {
    #expect(TokenEstimator().count("") == 0)
    #expect(TokenEstimator().count("a") == 1)
    #expect(TokenEstimator().count(" ") >= 1)
  }
}
