import Foundation
import OrderedJSON
import Testing

/// The real `forge`, run as a child the way a person runs it.
struct ForgeBinary {
  /// What a finished child left behind.
  struct Result {
    var status: Int32
    var out: String
    var err: String
    /// Whether a signal ended it.
    var wasKilled: Bool
  }

  /// The binary that was built with the tests.
  static let path: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("forge").path
  }()

  /// The folder of the checkout.
  static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let samples = checkout + "/samples/pdfs"

  /// Runs to the end. A child that takes longer than `limit` seconds is killed and fails the test: nothing may hang.
  static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String? = nil,
    limit: Double = 120
  ) throws -> Result {
    let child = try start(arguments, in: folder, environment: environment, input: input)
    return try child.wait(limit: limit)
  }

  static func start(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String? = nil
  ) throws -> RunningForge {
    try RunningForge(arguments, folder: folder, environment: environment, input: input)
  }
}

/// A child that is running.
final class RunningForge {
  private let process = Process()
  private let files: TemporaryFolder

  fileprivate init(_ arguments: [String], folder: String?, environment: [String: String], input: String?) throws {
    files = try TemporaryFolder()
    process.executableURL = URL(fileURLWithPath: ForgeBinary.path)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    // A clean environment: no key and no setting of whoever runs the tests may decide.
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": files.path, "TMPDIR": files.path].merging(environment) {
      $1
    }
    for (name, pipe) in [("out", \Process.standardOutput), ("err", \Process.standardError)] {
      _ = FileManager.default.createFile(atPath: files.path + "/" + name, contents: nil)
      process[keyPath: pipe] = FileHandle(forWritingAtPath: files.path + "/" + name)
    }
    try Data((input ?? "").utf8).write(to: URL(fileURLWithPath: files.path + "/in"))
    process.standardInput = FileHandle(forReadingAtPath: files.path + "/in")
    try process.run()
  }

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// What it has written so far.
  var err: String { files.text("err") }

  func wait(limit: Double = 120) throws -> ForgeBinary.Result {
    let end = Date().addingTimeInterval(limit)
    while process.isRunning, Date() < end { usleep(5_000) }
    if process.isRunning {
      send(SIGKILL)
      process.waitUntilExit()
      Issue.record("forge did not end within \(limit) s; stderr: \(files.text("err"))")
    }
    process.waitUntilExit()
    return ForgeBinary.Result(
      status: process.terminationStatus, out: files.text("out"), err: files.text("err"),
      wasKilled: process.terminationReason == .uncaughtSignal)
  }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("forge-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path + "/" + name) ?? Data(), as: UTF8.self)
  }

  func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: path + "/" + name) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Copies sample PDFs into a folder of it and returns that folder.
  func samples(_ names: [String], as folder: String = "pdfs") throws -> String {
    let target = path + "/" + folder
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
    for name in names {
      try FileManager.default.copyItem(atPath: "\(ForgeBinary.samples)/\(name)", toPath: "\(target)/\(name)")
    }
    return target
  }

  /// The rows of a JSON Lines file.
  func rows(_ name: String) throws -> [JSONValue] {
    try text(name).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }
}
