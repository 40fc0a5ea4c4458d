import ArgumentParser
import DataForge
import OrderedJSON

/// The first stage by itself: text out of documents.
struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract", abstract: "Read the text of documents, with its structure, pages and boxes.",
    discussion: """
      PDF, Markdown, HTML, plain text, DOCX, EPUB and scans (PNG, JPEG, TIFF) are read.

      Examples:
        forge extract paper.pdf --format markdown
        forge extract papers/ --format json -o texts
        forge extract papers/ --format json | forge chunk - -o chunks.jsonl
        forge extract scans/ --ocr-language deu+eng

      With -o DIR each document gets its own file; with -o - (the default) all goes
      to stdout: text with a form feed after each page, JSON with a document a line.
      """)

  @Argument(help: "Documents, or folders that hold them.")
  var inputs: [String]

  @Option(help: "text, markdown or json.")
  var format = "text"

  @Option(name: .shortAndLong, help: "A folder for one file a document, or - for stdout.")
  var output = "-"

  @Option(help: "Where rejections go, as JSON Lines.")
  var rejected: String?

  @Option(
    help: ArgumentHelp(
      "A folder for pictures of the pages, with the boxes of blocks, their roles and their order drawn in.",
      valueName: "dir"))
  var debugOverlay: String?

  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup var jobs: JobsOption
  @OptionGroup var display: DisplayOptions

  /// A folder may hold thousands of files of other kinds; the first ones say enough.
  private static let mostTold = 20

  func run() async throws {
    guard let format = DocumentFormat(rawValue: format) else {
      throw unknown("format", self.format, among: DocumentFormat.allCases.map(\.rawValue))
    }
    let sources = try SourceDiscovery.discover(inputs)
    let progress = display.progress()
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { progress.warned("stopping; what is finished stays") }
    defer { withExtendedLifetime(signals) {} }
    let jobs = try jobs.resolved()
    var options = ExtractOptions()
    try reading.apply(to: &options)
    let passwords = try reading.passwords()
    let overlay = debugOverlay.map(PageOverlay.init)
    try overlay?.prepare()
    let stage = ExtractStage(
      options: options, passwords: passwords, spans: format == .json,
      reader: ReadingOptions.reader(jobs: jobs, interrupt: interrupt))
    let extraction = Extraction(
      stage: stage, format: format, output: output, overlay: overlay, jobs: jobs, listener: progress,
      interrupt: interrupt)
    let rejections = try rejected.map { try JSONLinesWriter(path: $0) }
    var tally: [String: Int] = [:]
    var told = 0
    func note(_ rejection: Rejection) throws {
      tally[rejection.check, default: 0] += 1
      try rejections?.write(JSONValueEncoder().encode(rejection))
      told += 1
      if told <= Self.mostTold { progress.warned("\(rejection.reason) [\(rejection.check)]") }
    }
    for rejection in sources.rejected { try note(rejection) }
    let result = try await extraction.run(sources.files)
    for rejection in result.rejected { try note(rejection) }
    try rejections?.finish()
    if told > Self.mostTold {
      let hint = rejected == nil ? "; --rejected FILE keeps them all" : ""
      progress.warned("\(told - Self.mostTold) more files or pages were rejected\(hint)")
    }
    progress.close()
    let summary: JSONObject = [
      "documents": .integer(result.documents), "pages": .integer(result.pages),
      "rejected": .object(JSONObject(tally.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
    ]
    // Data has stdout for itself.
    if display.json, output != "-" { Console.out(.object(summary)) }
    if display.json, output == "-" { Console.error(JSONValue.object(summary).serialized()) }
    if result.documents == 0 { throw UsageError("no document could be read; the reasons are above") }
    if display.strict, !tally.isEmpty { throw StrictFailure() }
  }
}
