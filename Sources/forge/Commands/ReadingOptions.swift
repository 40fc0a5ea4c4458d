import ArgumentParser
import DataForge
import Foundation

/// What files and their pages may take, and what opens them.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Passwords of encrypted PDFs, one a line, each tried (or in the variable FORGE_PDF_PASSWORD).", valueName: "file")
  )
  var passwordFile: String?

  @Option(help: ArgumentHelp("Larger files are not opened (default: 2048).", valueName: "MiB"))
  var maxFileSize: Int?

  @Option(help: ArgumentHelp("Processor time that one page may take (default: 30).", valueName: "seconds"))
  var pageTimeout: Int?

  @Option(help: ArgumentHelp("Memory that the process that reads a file may take (default: 1024).", valueName: "MiB"))
  var memoryLimit: Int?

  @OptionGroup var ocr: OCRFlags

  /// The program, its libraries and a page or two need as much.
  private static let leastMemory = 384

  /// Puts what was given over the options.
  func apply(to options: inout ExtractOptions) throws {
    try ocr.apply(to: &options.ocr)
    if let maxFileSize { options.fileSize = try Self.checked(maxFileSize, "--max-file-size", 1...1_000_000) }
    if let pageTimeout { options.pageSeconds = try Self.checked(pageTimeout, "--page-timeout", 1...86_400) }
    if let memoryLimit {
      options.memory = try Self.checked(memoryLimit, "--memory-limit", Self.leastMemory...1_000_000)
    }
  }

  private static func checked(_ number: Int, _ name: String, _ range: ClosedRange<Int>) throws -> Int {
    guard range.contains(number) else {
      throw UsageError("\(name) must be from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The file's passwords, then the variable's. They are never on the command line, which every process can read.
  func passwords() throws -> [String] {
    var texts: [String] = []
    if let passwordFile {
      guard let bytes = FileManager.default.contents(atPath: passwordFile) else {
        throw UsageError("the password file \(passwordFile) cannot be read; check the path and its permissions")
      }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    if let variable = ProcessInfo.processInfo.environment["FORGE_PDF_PASSWORD"] { texts.append(variable) }
    var seen: Set<String> = []
    // A line feed ends a line; what an editor of another system puts before it belongs to no password.
    let lines = texts.flatMap { $0.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init) }
    return lines.filter { seen.insert($0).inserted }
  }

  /// Reads files in processes of their own, made of this program.
  static func reader(jobs: Int, interrupt: Interrupt) -> WorkerPool {
    WorkerPool(
      size: jobs, command: .itself(ReadWorkerCommand.configuration.commandName ?? ""), interrupt: interrupt)
  }
}
