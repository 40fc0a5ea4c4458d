import Foundation

/// Packs bytes as gzip, by the system's program.
enum Gzip {
  static func packed(_ bytes: [UInt8]) -> Data {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-c"]
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return Data() }
    let writer = Thread {
      try? input.fileHandleForWriting.write(contentsOf: Data(bytes))
      try? input.fileHandleForWriting.close()
    }
    writer.start()
    let data = (try? output.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    return data ?? Data()
  }
}
