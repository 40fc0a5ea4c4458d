import ArgumentParser
import DataForge
import Foundation
import OrderedJSON

/// Looks at everything that a run needs and says what to do about what is missing.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check libraries, sandbox, disk and backend, and say what to do.",
    discussion: """
      Examples:
        forge doctor
        forge doctor --backend openai --base-url http://127.0.0.1:8080/v1 --model M
      """)

  @Option(name: .shortAndLong, help: "The folder whose disk is looked at (default: the current one).")
  var output = "."

  @OptionGroup var recipe: RecipeOptions

  @Flag(help: "Print the findings as one line of JSON.")
  var json = false

  func run() async throws {
    var examination = Examination(output: output)
    examination.libraries()
    examination.sandbox()
    examination.disk()
    await examination.backend(try recipe.resolved().backend)
    if json {
      Console.out(
        .array(
          examination.findings.map {
            [
              "name": .string($0.name), "ok": .bool($0.isWell), "required": .bool($0.isRequired),
              "detail": .string($0.detail),
            ]
          }))
    } else {
      for finding in examination.findings {
        let mark = finding.isWell ? "ok      " : finding.isRequired ? "missing " : "optional"
        Console.out("\(mark)  \(finding.name.padding(to: 12))\(finding.detail)")
      }
    }
    if examination.findings.contains(where: { $0.isRequired && !$0.isWell }) { throw StrictFailure() }
  }
}

/// What was found about each thing that a run needs.
struct Examination {
  struct Finding {
    var name: String
    var isWell: Bool
    /// Whether nothing works without it.
    var isRequired: Bool
    var detail: String
  }

  let output: String
  private(set) var findings: [Finding] = []

  init(output: String) { self.output = output }

  private mutating func note(_ name: String, _ isWell: Bool, required: Bool = true, _ detail: String) {
    findings.append(Finding(name: name, isWell: isWell, isRequired: required, detail: detail))
  }

  mutating func libraries() {
    note("forge", true, Version.text)
    note("poppler", true, "\(Libraries.poppler), reads the PDFs")
    let problem = OCROptions().problem()
    note("tesseract", problem == nil, required: false, problem ?? "reads pages that are pictures (--ocr)")
    note("sqlite", true, "\(Libraries.sqlite), keeps the work")
  }

  mutating func sandbox() {
    for (program, package) in [("bwrap", "bubblewrap"), ("prlimit", "util-linux")] {
      if let path = Self.find(program) {
        note(program, true, required: false, "\(path), confines the tools that samples call")
      } else {
        note(program, false, required: false, "needed to execute tool calls: apt install \(package)")
      }
    }
  }

  mutating func disk() {
    var folder = URL(fileURLWithPath: output).standardizedFileURL.path
    while !FileManager.default.fileExists(atPath: folder), folder != "/" {
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    }
    let isWritable = access(folder, W_OK) == 0
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
    let size = String(format: "%.1f GB free", Double(free) / 1e9)
    note(
      "disk", free > 200_000_000 && isWritable,
      isWritable
        ? "\(size) in \(folder)" + (free > 200_000_000 ? "" : "; make room before a long run")
        : "\(folder) is not writable; choose another folder with -o")
  }

  mutating func backend(_ choice: BackendChoice) async {
    guard choice.name != .extractive else {
      return note("backend", true, "extractive, needs no model")
    }
    do {
      let backend = try choice.makeBackend(environment: ProcessInfo.processInfo.environment)
      defer { Task { try? await backend.shutdown() } }
      guard choice.name == .openai else { return note("backend", true, "\(choice.name.rawValue) is ready") }
      let request = BackendRequest(
        messages: [Message(role: .user, content: "Answer with the word ready.")],
        sampling: Sampling(temperature: 0, maxTokens: 8))
      let reply = try await backend.reply(to: request)
      note("backend", true, "\(choice.baseURL ?? "") answered with \(reply.usage.completion) tokens")
    } catch {
      note("backend", false, "\(error)")
    }
  }

  private static func find(_ program: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }
}
