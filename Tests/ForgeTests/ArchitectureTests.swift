import Foundation
import Testing

/// ARCHITECTURE.md's map and the direction of dependencies, held against the code.
@Suite("architecture")
struct ArchitectureTests {
  private static let library = ForgeBinary.checkout + "/Sources/DataForge"

  /// Which folders a folder may know, besides itself.
  private static let allowed: [String: Set<String>] = {
    let base: Set = ["Model", "Text"]
    let middle = base.union(["Backends", "Tools", "ChatTemplates", "Store"])
    let stage = middle.union(["Run"])
    let stages: Set = ["Extract", "Chunk", "Generate", "Validate", "Filter", "Export"]
    var allowed: [String: Set<String>] = ["Model": [], "Text": ["Model"], "Run": middle]
    for folder in ["Backends", "Tools", "ChatTemplates", "Store"] { allowed[folder] = middle }
    for folder in stages { allowed[folder] = stage }
    allowed["Recipe"] = stage.union(stages)
    allowed["Pipeline"] = stage.union(stages).union(["Recipe"])
    return allowed
  }()

  private struct Folder {
    var name: String
    var code: [(file: String, words: Set<Substring>)] = []
    /// The names of its public and internal types.
    var types: Set<Substring> = []
  }

  private static func folders() throws -> [Folder] {
    let manager = FileManager.default
    return try manager.contentsOfDirectory(atPath: library).sorted().map { name in
      var folder = Folder(name: name)
      let files = manager.enumerator(atPath: library + "/" + name)?.compactMap { $0 as? String } ?? []
      for file in files.sorted() where file.hasSuffix(".swift") {
        let text = String(
          decoding: manager.contents(atPath: "\(library)/\(name)/\(file)") ?? Data(), as: UTF8.self)
        // Comments and texts may speak of anything; only code makes a dependency.
        let withoutTexts = text.components(separatedBy: "\"\"\"").enumerated().filter { $0.offset % 2 == 0 }.map(
          \.element)
        let lines = withoutTexts.joined().split(separator: "\n").map { line in
          line.components(separatedBy: "//")[0].components(separatedBy: "\"").enumerated()
            .filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: " ")
        }
        let code = lines.joined(separator: "\n")
        folder.code.append((file, Set(code.split { !$0.isLetter && !$0.isNumber && $0 != "_" })))
        for line in lines where !line.hasPrefix(" ") && !line.hasPrefix("private") && !line.hasPrefix("fileprivate") {
          let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
          guard
            let keyword = words.firstIndex(where: { ["struct", "enum", "class", "actor", "protocol"].contains($0) }),
            words.indices.contains(keyword + 1)
          else { continue }
          folder.types.insert(Substring(String(words[keyword + 1])))
        }
      }
      return folder
    }
  }

  @Test func `dependencies go one way`() throws {
    let folders = try Self.folders()
    for folder in folders {
      let allowed = try #require(Self.allowed[folder.name], "\(folder.name) has no place in the order")
      for other in folders where other.name != folder.name && !allowed.contains(other.name) {
        for (file, words) in folder.code {
          let known = words.intersection(other.types)
          #expect(known.isEmpty, "\(folder.name)/\(file) knows \(known.sorted()) of \(other.name)")
        }
      }
    }
  }

  @Test func `the map names every folder`() throws {
    let map = String(
      decoding: FileManager.default.contents(atPath: ForgeBinary.checkout + "/ARCHITECTURE.md") ?? Data(), as: UTF8.self
    )
    for folder in try FileManager.default.contentsOfDirectory(atPath: Self.library) {
      #expect(map.contains(folder), "\(folder) is not on the map")
    }
    for folder in try FileManager.default.contentsOfDirectory(atPath: ForgeBinary.checkout + "/Sources") {
      #expect(map.contains("Sources/\(folder)"), "Sources/\(folder) is not on the map")
    }
  }

  @Test func `a recipe's schema knows exactly the keys that a recipe has`() throws {
    let folder = try TemporaryFolder()
    // The sample recipe names every key; a key that the code does not know would be refused.
    let result = try ForgeBinary.run(
      [
        "run", ForgeBinary.samples, "-o", "out", "-q", "--recipe", ForgeBinary.checkout + "/samples/recipes/qa.yaml",
      ], in: folder.path)
    #expect(result.status == 0, "\(result.err)")
    let defaults = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "plain", "-q"], in: folder.path)
    #expect(defaults.status == 0)
    #expect(
      folder.bytes("out/train.jsonl") == folder.bytes("plain/train.jsonl"), "the sample recipe is not the defaults")
    #expect(folder.bytes("out/README.md") == folder.bytes("plain/README.md"))
  }
}
