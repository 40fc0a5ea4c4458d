import DataForge
import Foundation
import OrderedJSON

/// Reads files side by side and puts their texts out in order.
struct Extraction: Sendable {
  let stage: ExtractStage
  let format: DocumentFormat
  /// A folder, or `-`.
  let output: String
  /// Draws the pages of what was read.
  let overlay: PageOverlay?
  let jobs: Int
  let listener: any ProgressListener
  let interrupt: Interrupt

  struct Result: Sendable {
    var documents = 0
    var pages = 0
    var rejected: [Rejection] = []
    /// The files that were written.
    var written: Set<String> = []
  }

  /// The most pages that wait for a document before theirs to be put out, so that memory stays flat.
  private static let mostWaiting = 10_000

  /// - Throws: `Interrupted` where it was asked to stop. In a folder, everything that was finished is there then; on
  ///   stdout, what stands before the first file that was not.
  func run(_ files: [SourceFile]) async throws -> Result {
    var result = Result()
    var waiting = Waiting()
    listener.began(.extract, total: files.count, alreadyDone: 0)
    try await read(files, &waiting, into: &result)
    if output != "-" { for outcome in waiting.all { try put(outcome, into: &result) } }
    listener.ended(.extract)
    if interrupt.isRequested { throw Interrupted() }
    return result
  }

  /// Outcomes by the number of their file.
  private struct Waiting {
    private var outcomes: [Int: [Outcome<Document>]] = [:]
    private(set) var pages = 0

    mutating func add(_ outcomes: [Outcome<Document>], of number: Int) {
      self.outcomes[number] = outcomes
      pages += Self.pages(of: outcomes)
    }

    mutating func take(_ number: Int) -> [Outcome<Document>]? {
      guard let taken = outcomes.removeValue(forKey: number) else { return nil }
      pages -= Self.pages(of: taken)
      return taken
    }

    var all: [Outcome<Document>] { outcomes.sorted { $0.key < $1.key }.flatMap(\.value) }

    private static func pages(of outcomes: [Outcome<Document>]) -> Int {
      outcomes.reduce(0) { if case .kept(let document) = $1 { $0 + document.pages.count } else { $0 } }
    }
  }

  private func read(_ files: [SourceFile], _ waiting: inout Waiting, into result: inout Result) async throws {
    try await withThrowingTaskGroup(of: (Int, [Outcome<Document>]?).self) { group in
      var next = 0
      var issued = 0
      var running = 0
      while next < files.count {
        while issued < files.count, running < jobs, waiting.pages < Self.mostWaiting, !interrupt.isRequested {
          let (number, file) = (issued, files[issued])
          group.addTask { [overlay] in
            do {
              let outcomes = try await stage.run(file)
              if let overlay, case .kept(let document) = outcomes.first {
                try overlay.write(document, from: file.absolutePath, passwords: stage.passwords)
              }
              return (number, outcomes)
            } catch is Interrupted {
              return (number, nil)
            }
          }
          issued += 1
          running += 1
        }
        guard let (number, outcomes) = try await group.next() else { break }
        running -= 1
        guard let outcomes else { continue }
        waiting.add(outcomes, of: number)
        while let outcomes = waiting.take(next) {
          next += 1
          for outcome in outcomes { try put(outcome, into: &result) }
          listener.advanced(.extract)
        }
      }
    }
  }

  private func put(_ outcome: Outcome<Document>, into result: inout Result) throws {
    switch outcome {
    case .rejected(let rejection):
      result.rejected.append(rejection)
    case .kept(let document):
      result.documents += 1
      result.pages += document.pages.count
      let text = try format.render(document)
      if output == "-" {
        Console.put(text.hasSuffix("\n") || text.hasSuffix("\u{0C}") ? text : text + "\n", to: 1)
      } else {
        try write(text, of: document, into: &result)
      }
    }
  }

  private func write(_ text: String, of document: Document, into result: inout Result) throws {
    // The document's path is the user's own, but it may hold `..` where a folder was named so.
    let name = document.path.split(separator: "/").filter { $0 != ".." && $0 != "." }.joined(separator: "/")
    var path = "\(output)/\((name as NSString).deletingPathExtension).\(format.fileExtension)"
    // Two names that differ only by what was cut off keep it.
    if result.written.contains(path) { path = "\(output)/\(name).\(format.fileExtension)" }
    result.written.insert(path)
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw UsageError("cannot make the folder \(folder); choose another with -o, or mend its permissions")
    }
    if result.written.count == 1 { try AtomicFile.write([], to: "\(output)/\(SourceDiscovery.textsMark)") }
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
