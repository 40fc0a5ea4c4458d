import Foundation
import OrderedJSON
import Testing
import Tokenizer

struct LoadingTests {
  private func failure(_ json: JSONValue) -> TokenizerError? {
    do {
      _ = try Tokenizer(json: json)
      return nil
    } catch { return error }
  }

  @Test(
    "A part of a kind that is not supported is named, with those that are",
    arguments: [
      ("normalizer", "Marvel", "NFKC"), ("pre_tokenizer", "UnicodeScripts", "ByteLevel"),
      ("post_processor", "Pair", "TemplateProcessing"), ("decoder", "CTC", "ByteFallback"), ("model", "Zip", "Unigram"),
    ])
  func unsupported(_ field: String, _ kind: String, _ supported: String) throws {
    let json = try Fixtures.json("bert")
    let error = try #require(failure(json.with(field, ["type": .string(kind)])))
    #expect(error.reason == .unsupported)
    #expect(error.place == field)
    #expect(error.message.contains("`\(kind)`") && error.message.contains(supported))
  }

  @Test("The place of a mistake is told down to the element")
  func place() throws {
    let json = try Fixtures.json("llama3")
    let steps: JSONValue = .array([.object(["type": "ByteLevel"]), .object(["type": "Split", "pattern": 3])])
    let broken = json.with("pre_tokenizer", ["type": "Sequence", "pretokenizers": steps])
    let error = try #require(failure(broken))
    #expect(error.reason == .malformed)
    #expect(error.description.hasPrefix("tokenizer: pre_tokenizer.pretokenizers[1].pattern"))
  }

  @Test(
    "What is no tokenizer is refused", arguments: ["[]", "3", "{}", #"{"model":{}}"#, #"{"model":{"type":"BPE"}}"#])
  func noTokenizer(_ text: String) throws {
    #expect(failure(try JSONValue(parsing: text))?.reason == .malformed)
  }

  @Test(
    "A bad vocabulary or merge is refused",
    arguments: [
      #"{"vocab":{"a":-1},"merges":[]}"#, #"{"vocab":{"a":99999999999},"merges":[]}"#, #"{"vocab":[],"merges":[]}"#,
      #"{"vocab":{"a":0},"merges":["a"]}"#, #"{"vocab":{"a":0},"merges":["a b"]}"#,
      #"{"vocab":{"a":0},"merges":["a a"]}"#, #"{"vocab":{"a":0},"merges":[["a"]]}"#,
      #"{"vocab":{"a":0},"merges":[3]}"#,
      #"{"vocab":{"a":0},"merges":[],"unk_token":"b"}"#, #"{"vocab":{"a":0}}"#,
    ])
  func badVocabulary(_ model: String) throws {
    let model = try JSONValue(parsing: model).with("type", "BPE")
    let error = try #require(failure(.object(["model": model])))
    #expect(error.reason == .malformed)
    #expect(error.place.hasPrefix("model"))
  }

  @Test(
    "A regular expression that is wrong, or of a kind that is not supported, is told apart",
    arguments: [
      ("(", TokenizerError.Reason.malformed), ("[z-a]", .malformed), ("a\\", .malformed), ("*", .malformed),
      ("(a)\\1", .unsupported), ("\\X", .unsupported), ("\\p{Klingon}", .unsupported), ("(?<=a+)b", .unsupported),
    ])
  func badPattern(_ pattern: String, _ reason: TokenizerError.Reason) throws {
    let error = try #require(failure(Fixtures.splitting(at: pattern)))
    #expect(error.reason == reason)
    #expect(error.place == "pre_tokenizer.pattern.Regex")
  }

  @Test("A file is read plain and gzipped; a missing, cut or damaged one is told")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tokenizer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let plain = folder.appendingPathComponent("tokenizer.json").path
    try FileManager.default.copyItem(atPath: Fixtures.path("llama3.json"), toPath: plain)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-k", plain]
    try process.run()
    process.waitUntilExit()
    let text = "The quick brown fox"
    let expected = try Tokenizer(contentsOf: plain).encode(text)
    #expect(try Tokenizer(contentsOf: plain + ".gz").encode(text) == expected)

    func reason(_ bytes: Data) throws -> String {
      let path = folder.appendingPathComponent("broken").path
      try bytes.write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: path) }
      #expect(error?.reason == .unreadable)
      return error?.message ?? ""
    }
    let packed = try Data(contentsOf: URL(fileURLWithPath: plain + ".gz"))
    #expect(try reason(packed.prefix(packed.count / 2)).contains("ends too early"))
    var damaged = packed
    damaged[packed.count / 2] ^= 0xFF
    damaged[packed.count / 2 + 1] ^= 0xFF
    #expect(try !reason(damaged).isEmpty)
    #expect(try reason(Data("{\"model\":".utf8)).contains("no JSON"))
    #expect(throws: TokenizerError.self) { try Tokenizer(contentsOf: folder.appendingPathComponent("nothing").path) }
  }
}
