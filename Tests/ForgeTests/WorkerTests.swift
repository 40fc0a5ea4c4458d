import Foundation
import OrderedJSON
import Testing

/// Hostile files against the real binary: each ends its worker at most, by name, and the run goes on.
@Suite("workers")
struct WorkerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> ForgeBinary.Result {
    try ForgeBinary.run(arguments, in: folder.path, environment: environment)
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + name))
  }

  private func write(_ kind: NastyPDF) throws { try write(kind.bytes, to: "\(kind.rawValue).pdf") }

  private static func hasPage(_ page: Int, _ text: String) -> Bool {
    text.contains(NastyPDF.sentences[page - 1])
  }

  /// What was rejected as `rejected.jsonl` has it: check, page, and the limit or signal that decided.
  private func rejections(_ file: String = "rejected.jsonl") throws -> [[String]] {
    try folder.rows(file).map { row in
      [row["check"]?.stringValue ?? "", "\(row["page"]?.intValue ?? 0)"]
        + (row["values"]?.objectValue ?? [:]).map { "\($0.key) \($0.value.serialized())" }
    }
  }

  // MARK: limits

  @Test func `a page that burns processor time is rejected with its limit, and the others stay`() throws {
    try write(.processorBomb)
    let leaflet = ForgeBinary.samples + "/rain-gauge-leaflet.pdf"
    let result = try run(
      "extract", "processorBomb.pdf", leaflet, "--page-timeout", "1", "--rejected", "rejected.jsonl", "-o", "texts")
    #expect(result.status == 0, "\(result.err)")
    #expect(try rejections() == [["worker-time", "2", "limit_cpu_seconds 1"]])
    #expect(result.err.contains("page 2") && result.err.contains("--page-timeout"))
    let text = folder.text("texts/processorBomb.txt")
    #expect(Self.hasPage(1, text) && Self.hasPage(3, text))
    #expect(folder.exists("texts/rain-gauge-leaflet.txt"))
  }

  /// Other threads would lose what a worker gives up before it reads: their descriptors are closed under them, and they
  /// end the process, now and then.
  @Test func `a worker has one thread`() throws {
    try write(.processorBomb)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ForgeBinary.path)
    process.arguments = ["extract", "processorBomb.pdf", "--page-timeout", "2", "-o", "texts", "-q"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardError = FileHandle.nullDevice
    try process.run()
    var counts: Set<Int> = []
    while process.isRunning {
      for worker in Self.children(of: process.processIdentifier) {
        let tasks = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(worker)/task")
        if let tasks, !tasks.isEmpty { counts.insert(tasks.count) }
      }
      // Without giving up the thread: other tests may keep it for longer than the process lives.
      usleep(5_000)
    }
    #expect(counts == [1])
  }

  private static func children(of parent: Int32) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { process in
      let status = FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data()
      return String(decoding: status, as: UTF8.self).contains("PPid:\t\(parent)\n")
    }
  }

  @Test func `a page that eats memory is rejected with its limit, and the others stay`() throws {
    try write(.memoryBomb)
    let result = try run(
      "extract", "memoryBomb.pdf", "--memory-limit", "512", "--rejected", "rejected.jsonl", "--page-timeout", "300")
    #expect(result.status == 0, "\(result.err)")
    #expect(try rejections() == [["worker-memory", "2", "limit_mib 512"]])
    #expect(Self.hasPage(1, result.out) && Self.hasPage(3, result.out))
  }

  @Test func `a file above the limit is not opened`() throws {
    try write(Array("%PDF-1.4\n".utf8) + [UInt8](repeating: 32, count: 1 << 20), to: "large.pdf")
    let result = try run("extract", "large.pdf", "--max-file-size", "1", "--rejected", "rejected.jsonl")
    #expect(result.status == 2)
    #expect(try rejections() == [["too-large", "0", "bytes 1048585", "limit_mib 1"]])
    #expect(result.err.contains("--max-file-size"))
  }

  @Test func `a recipe sets the limits of a run`() throws {
    try write(.processorBomb)
    try folder.write("extract:\n  page_seconds: 1\n", to: "recipe.yaml")
    let result = try run("run", "processorBomb.pdf", "-o", "out", "-q", "--recipe", "recipe.yaml")
    #expect(result.status == 0, "\(result.err)")
    #expect(try rejections("out/rejected.jsonl").contains(["worker-time", "2", "limit_cpu_seconds 1"]))
  }

  @Test(arguments: [["--page-timeout", "0"], ["--memory-limit", "100"], ["--max-file-size", "-1"]])
  func `a limit that makes no sense is refused`(option: [String]) throws {
    let result = try ForgeBinary.run(["extract", ForgeBinary.samples] + option)
    #expect(result.status != 0 && !result.wasKilled)
    #expect(result.err.contains(option[0]))
  }

  @Test func `every nasty file ends as text or as a rejection with its name`() throws {
    for kind in NastyPDF.allCases { try write(kind) }
    let result = try run(
      "extract", ".", "-o", "texts", "--page-timeout", "2", "--memory-limit", "512", "--rejected", "rejected.jsonl")
    #expect(result.status == 0 && !result.wasKilled, "\(result.err)")
    let rejected = try Set(folder.rows("rejected.jsonl").compactMap { $0["document"]?.stringValue })
    for kind in NastyPDF.allCases {
      let name = kind.rawValue
      #expect(folder.exists("texts/\(name).txt") || rejected.contains("\(name).pdf"), "\(name) was lost")
    }
    // What is nasty about page 2 takes nothing from page 1 and 3.
    for kind in [NastyPDF.deepForms, .formLoop, .deepLists, .hugePage, .outlineLoop, .manyFilters, .hugeToUnicode] {
      let text = folder.text("texts/\(kind.rawValue).txt")
      #expect(Self.hasPage(1, text) && Self.hasPage(3, text), "\(kind)")
    }
  }

  // MARK: processes

  /// The workers of a forge, once there is one whose page lasts.
  private static func workers(of forge: RunningForge, besides known: Set<Int32> = []) -> Set<Int32> {
    let end = Date().addingTimeInterval(60)
    while Date() < end, forge.isRunning {
      let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(forge.identifier)/task")) ?? []
      let found = tasks.flatMap { task in
        let path = "/proc/\(forge.identifier)/task/\(task)/children"
        return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
          .split(separator: " ").compactMap { Int32($0) }
      }
      let new = Set(found).subtracting(known).filter { status(of: $0, "Seccomp") == "2" }
      if !new.isEmpty { return new }
      usleep(10_000)
    }
    Issue.record("no worker was started")
    return []
  }

  private static func status(of process: Int32, _ field: String) -> String? {
    let text = String(
      decoding: FileManager.default.contents(atPath: "/proc/\(process)/status") ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").first { $0.hasPrefix(field + ":") }?.split(separator: "\t").last.map(String.init)
  }

  private static func waitForEnd(of processes: Set<Int32>) -> Bool {
    let end = Date().addingTimeInterval(30)
    while Date() < end {
      if processes.allSatisfy({ [nil, "Z (zombie)"].contains(status(of: $0, "State")) }) { return true }
      usleep(10_000)
    }
    return false
  }

  private func startBomb(_ arguments: String..., environment: [String: String] = [:]) throws -> RunningForge {
    try write(.processorBomb)
    return try ForgeBinary.start(
      arguments + ["--page-timeout", "1000", "--jobs", "1"], in: folder.path, environment: environment)
  }

  @Test func `a worker that is killed is replaced, and its page is tried once more`() throws {
    let forge = try startBomb("extract", "processorBomb.pdf", "--rejected", "rejected.jsonl", "-q")
    var known: Set<Int32> = []
    for _ in 1...2 {
      let new = Self.workers(of: forge, besides: known)
      // Only then is it busy with page 2.
      usleep(1_500_000)
      for worker in new { kill(worker, SIGKILL) }
      known.formUnion(new)
    }
    #expect(known.count == 2)
    let result = try forge.wait()
    #expect(result.status == 0, "\(result.err)")
    #expect(Self.hasPage(1, result.out) && Self.hasPage(3, result.out))
    #expect(try rejections() == [["worker-crashed", "2", "signal 9"]])
  }

  @Test func `a worker has no rights, no keys and no passwords`() throws {
    try folder.write("hunter2\n", to: "passwords")
    let forge = try startBomb(
      "extract", "processorBomb.pdf", "-q", "--password-file", "passwords",
      environment: ["OPENAI_API_KEY": "sk-key", "FORGE_PDF_PASSWORD": "hunter3"])
    let worker = try #require(Self.workers(of: forge).first)
    #expect(Self.status(of: worker, "NoNewPrivs") == "1")
    for file in ["environ", "cmdline"] {
      let text = String(
        decoding: FileManager.default.contents(atPath: "/proc/\(worker)/\(file)") ?? Data(), as: UTF8.self)
      #expect(!text.isEmpty)
      for secret in ["sk-key", "hunter2", "hunter3"] { #expect(!text.contains(secret), "\(secret) is in \(file)") }
    }
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(worker)/fd").map { name in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(worker)/fd/\(name)")) ?? ""
    }
    let allowed = ["socket:", "/dev/null", "/memfd:", folder.path]
    for target in descriptors where !target.isEmpty {
      #expect(allowed.contains { target.hasPrefix($0) }, "\(target) is open in the worker")
    }
    forge.send(SIGKILL)
    _ = try forge.wait()
  }

  @Test func `workers end with a forge that is killed`() throws {
    let forge = try startBomb("extract", "processorBomb.pdf", "-q")
    let workers = Self.workers(of: forge)
    forge.send(SIGKILL)
    #expect(try forge.wait().wasKilled)
    #expect(Self.waitForEnd(of: workers))
  }

  @Test func `ctrl-c ends workers at once, and what is finished stays`() throws {
    let leaflet = ForgeBinary.samples + "/rain-gauge-leaflet.pdf"
    let forge = try startBomb("extract", leaflet, "processorBomb.pdf", "-o", "texts")
    let end = Date().addingTimeInterval(60)
    while !folder.exists("texts/rain-gauge-leaflet.txt"), Date() < end { usleep(10_000) }
    let workers = Self.workers(of: forge)
    forge.send(SIGINT)
    let result = try forge.wait(limit: 30)
    #expect(result.status == 130, "\(result.err)")
    #expect(Self.waitForEnd(of: workers))
    #expect(folder.exists("texts/rain-gauge-leaflet.txt"))
  }

  @Test func `a run that was stopped on a bomb goes on behind it`() throws {
    _ = try folder.samples(["rain-gauge-leaflet.pdf"], as: "pdfs")
    try write(NastyPDF.processorBomb.bytes, to: "pdfs/a-bomb.pdf")
    let forge = try ForgeBinary.start(
      ["run", "pdfs", "-o", "out", "--page-timeout", "1000", "-q", "--jobs", "1"], in: folder.path)
    _ = Self.workers(of: forge)
    forge.send(SIGINT)
    let stopped = try forge.wait(limit: 30)
    #expect(stopped.status == 130 && stopped.err.contains("same command goes on"), "\(stopped.err)")
    let result = try run("run", "pdfs", "-o", "out", "--page-timeout", "1", "-q")
    #expect(result.status == 0, "\(result.err)")
    #expect(try folder.rows("out/train.jsonl").count > 0)
    #expect(try rejections("out/rejected.jsonl").contains(["worker-time", "2", "limit_cpu_seconds 1"]))
  }

  @Test func `the worker's subcommand is for forge alone`() throws {
    let result = try run("read-worker")
    #expect(result.status == 2 && result.err.contains("forge extract"))
    #expect(try !run("--help").out.contains("read-worker"))
  }

  // MARK: passwords

  @Test func `an encrypted file says how to give a password, and opens with the right one of several`() throws {
    try write(EncryptedPDF.bytes, to: "locked.pdf")
    let missing = try run("extract", "locked.pdf", "--rejected", "rejected.jsonl")
    #expect(missing.status == 2 && missing.err.contains("--password-file"))
    #expect(try rejections() == [["encrypted", "0"]])
    try folder.write("guess\r\nmore guessing\r\n", to: "passwords")
    let wrong = try run("extract", "locked.pdf", "--rejected", "rejected.jsonl", "--password-file", "passwords")
    #expect(wrong.status == 2 && !wrong.err.contains("guessing"))
    #expect(try rejections() == [["wrong-password", "0"]])
    try folder.write("guess\nsecret\nother", to: "passwords")
    #expect(try run("extract", "locked.pdf", "--password-file", "passwords").status == 0)
    #expect(try run("extract", "locked.pdf", environment: ["FORGE_PDF_PASSWORD": "secret"]).status == 0)
    let nowhere = try run("extract", "locked.pdf", "--password-file", "nowhere")
    #expect(nowhere.status == 2 && nowhere.err.contains("nowhere"))
  }

  @Test func `a run tries an encrypted file again when its password is there, and keeps no password`() throws {
    _ = try folder.samples(["rain-gauge-leaflet.pdf"], as: "pdfs")
    try write(EncryptedPDF.bytes, to: "pdfs/locked.pdf")
    #expect(try run("run", "pdfs", "-o", "out", "-q").status == 0)
    #expect(try rejections("out/rejected.jsonl").contains(["encrypted", "0"]))
    try folder.write("secret\n", to: "passwords")
    let again = try run("run", "pdfs", "-o", "out", "--json", "--password-file", "passwords")
    #expect(again.status == 0)
    #expect(again.err.contains("1 of 2 files were done before"), "\(again.err)")
    #expect(try JSONValue(parsing: again.out)["counts"]?["documents"]?.intValue == 2)
    #expect(try !rejections("out/rejected.jsonl").contains { $0[0] == "encrypted" })
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out") {
      let bytes = folder.bytes("out/\(name)") ?? Data()
      #expect(bytes.range(of: Data("secret".utf8)) == nil, "\(name) holds the password")
    }
  }
}
