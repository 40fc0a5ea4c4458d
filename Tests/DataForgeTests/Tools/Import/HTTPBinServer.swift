import Foundation

/// A real httpbin on this machine, from PyPI, in a Python environment of its own.
final class HTTPBinServer: Sendable {
  /// Why there is none, for tests that then say that they skip.
  struct Missing: Error {
    var reason: String
  }

  /// Its own description of itself.
  static let description = ConformanceFolder.path("function-calls/spec_httpbin.json")

  let port: Int
  private let process: Process

  private init(port: Int, process: Process) {
    self.port = port
    self.process = process
  }

  /// It inherits a thread's blocked signals and would not hear a milder one.
  deinit { kill(process.processIdentifier, SIGKILL) }

  /// The Python that has httpbin: `FORGE_HTTPBIN_PYTHON`, or one of an environment that is made at the first time and
  /// kept in the user's cache.
  static let python: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let given = environment["FORGE_HTTPBIN_PYTHON"] { return hasHTTPBin(given) ? given : nil }
    let cache = environment["XDG_CACHE_HOME"] ?? (NSHomeDirectory() + "/.cache")
    let folder = cache + "/dataforge-tests/httpbin-0.10"
    let python = folder + "/bin/python"
    if hasHTTPBin(python) { return python }
    guard run("/usr/bin/env", ["python3", "-m", "venv", folder]),
      run(python, ["-m", "pip", "install", "--quiet", "--timeout", "20", "httpbin[mainapp]>=0.10,<0.11"]),
      hasHTTPBin(python)
    else { return nil }
    return python
  }()

  private static func hasHTTPBin(_ python: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: python) && run(python, ["-c", "import httpbin"])
  }

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Starts the server on a free port and waits until it answers.
  static func start() async throws -> HTTPBinServer {
    guard let python else { throw Missing(reason: "there is no Python with httpbin") }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [
      "-u", "-c",
      """
      import sys
      from werkzeug.serving import make_server
      from httpbin import app
      server = make_server("127.0.0.1", 0, app, threaded=True)
      print(server.server_port, flush=True)
      server.serve_forever()
      """,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = output.fileHandleForReading.availableData
    guard let port = Int(String(decoding: line, as: UTF8.self).filter(\.isNumber)) else {
      kill(process.processIdentifier, SIGKILL)
      throw Missing(reason: "httpbin did not start")
    }
    return HTTPBinServer(port: port, process: process)
  }
}
