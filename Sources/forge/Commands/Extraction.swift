import DataForge
import Foundation
import OrderedJSON

/// Reads files side by side and puts their texts out in order.
struct Extraction: Sendable {
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

  func run(_ files: [SourceFile]) async throws -> Result {
    let stage = ExtractStage()
    var result = Result()
    listener.began(.extract, total: files.count, alreadyDone: 0)
    // A window of files a little wider than the number of workers keeps them busy and the memory flat.
    try await withThrowingTaskGroup(of: (Int, [Outcome<Document>]).self) { group in
      var waiting: [Int: [Outcome<Document>]] = [:]
      var next = 0
      var issued = 0
      while next < files.count {
        while issued < files.count, issued < next + jobs * 2, issued - next - waiting.count < jobs,
          !interrupt.isRequested
        {
          let (number, file) = (issued, files[issued])
          group.addTask { [overlay] in
            let outcomes = try await stage.run(file)
            if let overlay, case .kept(let document) = outcomes.first {
              try overlay.write(document, from: file.absolutePath)
            }
            return (number, outcomes)
          }
          issued += 1
        }
        guard let (number, outcomes) = try await group.next() else { break }
        waiting[number] = outcomes
        while let outcomes = waiting.removeValue(forKey: next) {
          next += 1
          for outcome in outcomes { try put(outcome, into: &result) }
          listener.advanced(.extract)
        }
      }
    }
    listener.ended(.extract)
    if interrupt.isRequested { throw Interrupted() }
    return result
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
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
