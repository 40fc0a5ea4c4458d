import Foundation

/// Runs the Python that is installed.
enum Python {
  static let isThere = (try? run("print(1)")) == "1\n"

  struct Failure: Error {
    let status: Int32
  }

  /// Runs a program and returns what it prints.
  static func run(_ program: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return String(decoding: text, as: UTF8.self)
  }
}
