import ArgumentParser
import DataForge
import Foundation
import OrderedJSON
import Tokenizer

/// The special tokens of a template, ready for a tokenizer.
struct SpecialTokensCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "special-tokens", abstract: "Write the special tokens that a template needs, ready for a tokenizer.",
    discussion: """
      Examples:
        forge templates special-tokens hermes
        forge templates special-tokens hermes --tokenizer tokenizer.json -o tokens/

      Without -o the set is printed. With it the folder gets special_tokens.json, which
      tokenizer.add_special_tokens takes, and added_tokens.json, each token with its
      settings. With --tokenizer it is said which tokens are missing there, or are split
      into pieces.

      A list of the agents course once misspelt a token; models that were trained with it
      take --extra-special-tokens '<tool_reponse>' besides.
      """)

  @Argument(help: "A preset, or a tokenizer_config.json.")
  var name: String

  @Option(name: .shortAndLong, help: "A folder for special_tokens.json and added_tokens.json.")
  var output: String?

  @Option(help: "A tokenizer.json to be looked at.")
  var tokenizer: String?

  @Option(help: "Further tokens, separated by commas.")
  var extraSpecialTokens: String?

  @Flag(help: "Exit with 1 where the tokenizer lacks a token or splits it.")
  var strict = false

  func run() throws {
    let extra = extraSpecialTokens?.split(separator: ",").map(String.init) ?? []
    let template = try ChatTemplate.named(name, tokens: SpecialTokens(additional: extra))
    let tokens = template.tokens
    guard !tokens.all.isEmpty else {
      throw UsageError("\(name) does not say which special tokens it needs; give its tokenizer_config.json instead")
    }
    let files = SpecialTokenFiles(tokens)
    if let output {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      try write(files.specialTokens, to: "\(output)/special_tokens.json")
      try write(files.addedTokens, to: "\(output)/added_tokens.json")
      Console.error("wrote \(output)/special_tokens.json and \(output)/added_tokens.json")
    } else {
      Console.out(files.specialTokens.serialized(.indented(2)))
    }
    if let tokenizer { try compare(files, with: tokenizer) }
  }

  private func write(_ value: JSONValue, to path: String) throws {
    try AtomicFile.write(Array((value.serialized(.indented(2)) + "\n").utf8), to: path)
  }

  private func compare(_ files: SpecialTokenFiles, with path: String) throws {
    var missing = 0
    for (token, standing) in files.standing(in: try Tokenizer(contentsOf: path)) {
      guard case .pieces(let count) = standing else { continue }
      missing += 1
      Console.error("\(token) is no token of \(path): it is split into \(count) pieces")
    }
    if missing == 0 {
      Console.error("\(path) has them all, each as one piece")
    } else {
      Console.error("add \(missing == 1 ? "it" : "them") with tokenizer.add_special_tokens and resize the embeddings")
      if strict { throw StrictFailure() }
    }
  }
}
