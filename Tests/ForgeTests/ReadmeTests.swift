import Foundation
import LoopbackServer
import Testing

/// Whatever the README shows is run, in its order, in one folder, as a reader would.
@Suite("README")
struct ReadmeTests {
  private static let text = String(
    decoding: FileManager.default.contents(atPath: ForgeBinary.checkout + "/README.md") ?? Data(), as: UTF8.self)

  private static var commands: [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("$ ") }
      .map { String($0.dropFirst(2)).components(separatedBy: "  # ")[0].trimmingCharacters(in: .whitespaces) }
  }

  @Test func `every command of the README works`() async throws {
    let folder = try TemporaryFolder()
    for (name, target) in [("samples", "/samples"), ("papers", "/samples/pdfs")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: ForgeBinary.checkout + target)
    }
    let commands = Self.commands.filter { !$0.hasPrefix("make ") }
    #expect(commands.count >= 10)
    try await LoopbackServer.with(MockModel.answer) { server in
      for command in commands {
        let line = command.replacingOccurrences(of: "http://127.0.0.1:8080/v1", with: server.baseURL)
          // A model writes into a folder of its own here, so that each dataset stays what the text says of it.
          .replacingOccurrences(of: "run papers/ -o out", with: "run papers/ -o model")
        let (status, output) = try Self.shell(line, in: folder)
        #expect(status == 0, "\(line): \(output)")
      }
    }
    for file in [
      "out/train.jsonl", "out/README.md", "kept.jsonl", "verdicts.jsonl", "all.jsonl.gz", "model/train.jsonl",
      "openai.jsonl", "text.jsonl", "dataset/README.md", "tokens/special_tokens.json",
      "probed.json", "toolcalls.jsonl", "toolverdicts.jsonl",
    ] {
      #expect(folder.exists(file), "\(file) is missing")
    }
  }

  @Test func `the make targets that it names exist`() throws {
    let makefile = String(
      decoding: FileManager.default.contents(atPath: ForgeBinary.checkout + "/Makefile") ?? Data(), as: UTF8.self)
    let targets = Self.commands.filter { $0.hasPrefix("make ") }.map { $0.split(separator: " ")[1] }
    #expect(targets.count >= 3)
    for target in targets { #expect(makefile.contains("\n\(target):"), "make \(target)") }
  }

  @Test func `the row that it shows is a row of the samples`() throws {
    let folder = try TemporaryFolder()
    _ = try ForgeBinary.run(["run", ForgeBinary.samples, "-o", "out", "-q"], in: folder.path)
    let quote = "The Heron 4 is a battery-powered logger for up to eight sensors."
    #expect(Self.text.contains(quote))
    #expect(folder.text("out/train.jsonl").contains(quote))
  }

  private static func shell(_ line: String, in folder: TemporaryFolder) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let tools = (ForgeBinary.path as NSString).deletingLastPathComponent
    process.environment = ["PATH": "\(tools):/usr/bin:/bin", "HOME": folder.path]
    let log = folder.path + "/log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    process.standardOutput = FileHandle(forWritingAtPath: log)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, folder.text("log"))
  }
}
