import ArgumentParser
import DataForge
import Foundation
import OrderedJSON

/// Tries the tools of a tools file and leaves out those that do not work.
struct ToolsProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Call each tool a few times, and leave out those that do not work.",
    discussion: """
      Examples:
        forge tools probe tools.json -o probed.json
        forge tools probe tools.json -o probed.json --calls 5 --allow-writes

      Arguments come from each tool’s examples, defaults, choices and schema; those
      that got an answer become examples. What does not work stands under “left_out”,
      with the reason. Tools that may change something are called only with
      --allow-writes.
      """)

  @Argument(help: "The tools file; - is stdin.")
  var file: String

  @Option(name: .shortAndLong, help: "The tools file with what was found; - is stdout.")
  var output = "-"

  @Option(help: "How many calls to make of each tool; the last repeats one.")
  var calls = 3

  @Option(help: "What decides the arguments that are made up.")
  var seed = 0

  @Flag(help: "Call also tools that may change something.")
  var allowWrites = false

  @Flag(help: "Leave tools that do not work where they are, marked.")
  var keepFailing = false

  @Option(name: .shortAndLong, help: "How many tools to try at once (default: one for each core).")
  var jobs: Int?

  @OptionGroup var allowHost: AllowHostOption
  @OptionGroup var display: DisplayOptions

  func run() async throws {
    guard calls > 0 else { throw UsageError("--calls must be more than 0") }
    let concurrency = try JobsOption.resolved(jobs)
    let (json, registry) = try ToolsFile.readWhole(file)
    let executors = try await ToolExecutors.ready(
      for: registry, toolsFolder: ToolsFile.folder(of: file),
      network: NetworkRules(hosts: registry.hosts, named: try allowHost.checked()), onlyReads: !allowWrites)
    let interrupt = Interrupt()
    let signals = SignalHandling(interrupt) { Console.error("stopping: calls under way are finished first") }
    defer { withExtendedLifetime(signals) {} }
    let prober = ToolProber(
      registry, executors, options: .init(calls: calls, seed: seed, allowsWrites: allowWrites))
    let table = ProbeTable(names: registry.tools.map(\.name), isShown: !display.quiet)
    let probes: [ToolProbe]
    do {
      probes = try await prober.run(
        concurrency: concurrency, isStopped: { interrupt.isRequested }
      ) { table.show($0) }
      if interrupt.isRequested { throw Interrupted() }
    } catch {
      await executors.close()
      throw error
    }
    await executors.close()
    let probed = ProbedFile.make(json, probes: probes, keepsFailing: keepFailing)
    try AtomicFile.write(Array(ImportReport.text(probed).utf8), to: output)
    try report(probes)
  }

  private func report(_ probes: [ToolProbe]) throws {
    var working = 0
    var failing = 0
    for probe in probes {
      switch probe.standing {
      case .works: working += 1
      case .fails: failing += 1
      case .untried: break
      }
    }
    let untried = probes.count - working - failing
    if display.json {
      let summary: JSONValue = [
        "works": .integer(working), "fails": .integer(failing), "untried": .integer(untried),
        "flaky": .integer(probes.count(where: \.isFlaky)),
        "nondeterministic": .integer(probes.count { $0.isDeterministic == false }),
      ]
      output == "-" ? Console.error(summary.serialized()) : Console.out(summary)
    } else if !display.quiet {
      let place = output == "-" ? "" : " → \(output)"
      let fate = failing > 0 && !keepFailing ? " (left out)" : ""
      Console.error("\(working) work, \(failing) do not\(fate), \(untried) untried\(place)")
    }
    if display.strict, failing > 0 { throw StrictFailure() }
  }
}

/// One line for each tool, as soon as it was tried.
struct ProbeTable: Sendable {
  private let width: Int
  private let isShown: Bool

  init(names: [String], isShown: Bool) {
    width = min(names.map(\.count).max() ?? 0, 40)
    self.isShown = isShown
  }

  func show(_ probe: ToolProbe) {
    guard isShown else { return }
    let name = probe.tool.padding(to: width)
    switch probe.standing {
    case .works:
      var notes: [String] = []
      if probe.failed > 0 { notes.append("\(probe.failed) of \(probe.calls) calls failed") }
      if probe.isFlaky { notes.append("flaky") }
      if probe.isDeterministic == false { notes.append("answers differ") }
      let time = probe.median.map { "\(Int(($0 / .milliseconds(1)).rounded())) ms" } ?? ""
      Console.error("works    \(name)  \(time)\(notes.isEmpty ? "" : "  \(notes.joined(separator: ", "))")")
    case .fails(let reason): Console.error("fails    \(name)  \(reason)")
    case .untried(let reason): Console.error("untried  \(name)  \(reason)")
    }
  }
}
