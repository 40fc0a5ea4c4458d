import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

extension Sandbox {
  /// Runs a command line in the sandbox, within its limits.
  func run(
    _ command: [String], input: [UInt8], limits: SandboxLimits, network: Bool, directory: String?
  ) async -> ProcessEnd {
    var options = PlatformOptions()
    options.processGroupID = 0
    let words = commandLine(for: command, limits: limits, network: network, directory: directory)
    do {
      let result = try await Subprocess.run(
        .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
        environment: .custom([:] as [Environment.Key: String]),
        workingDirectory: "/", platformOptions: options, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        await Self.supervise(execution, input: input, limits: limits)
      }
      var end = result.closureResult
      if end.exit == .exited(0) {
        switch result.terminationStatus {
        case .exited(let code): end.exit = .exited(Int(code))
        case .signaled(let signal): end.exit = .exited(128 + Int(signal))
        }
      }
      return end
    } catch {
      return ProcessEnd(exit: .notStarted, message: "the sandbox could not be started: \(error)")
    }
  }

  private enum Event: Sendable {
    case output([UInt8], isCut: Bool)
    case message([UInt8], isCut: Bool)
    case inputDone
    case timeIsUp
  }

  /// Feeds and reads the process until both its outputs end; kills it at the time limit and at the output limit.
  ///
  /// Killing bubblewrap kills everything within: the kernel ends its first process with it (`--die-with-parent`), and a
  /// process namespace ends with its first process.
  private static func supervise(
    _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, input: [UInt8], limits: SandboxLimits
  ) async -> ProcessEnd {
    let outputLimit = limits.output << 10
    return await withTaskGroup(of: Event.self) { group in
      group.addTask {
        let (bytes, isCut) = await collect(execution.standardOutput, keeping: outputLimit, reading: outputLimit)
        return .output(bytes, isCut: isCut)
      }
      group.addTask {
        let (bytes, isCut) = await collect(execution.standardError, keeping: 4_096, reading: outputLimit)
        return .message(bytes, isCut: isCut)
      }
      group.addTask {
        // A tool that does not read breaks the pipe, which is its right.
        if !input.isEmpty { _ = try? await execution.standardInputWriter.write(input) }
        try? await execution.standardInputWriter.finish()
        return .inputDone
      }
      group.addTask {
        try? await Task.sleep(for: .seconds(limits.seconds))
        return .timeIsUp
      }
      var end = ProcessEnd(exit: .exited(0))
      var open = 2
      while open > 0, let event = await group.next() {
        switch event {
        case .output(let bytes, let isCut):
          open -= 1
          end.output = bytes
          if isCut { stop(execution, .outputLimit, &end) }
        case .message(let bytes, let isCut):
          open -= 1
          end.message = String(decoding: bytes, as: UTF8.self)
          if isCut { stop(execution, .outputLimit, &end) }
        case .inputDone: break
        case .timeIsUp: stop(execution, .timedOut, &end)
        }
      }
      group.cancelAll()
      return end
    }
  }

  private static func stop(
    _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ exit: ProcessEnd.Exit,
    _ end: inout ProcessEnd
  ) {
    if end.exit == .exited(0) { end.exit = exit }
    try? execution.send(signal: .kill, toProcessGroup: true)
  }

  private static func collect(
    _ stream: SubprocessOutputSequence, keeping kept: Int, reading limit: Int
  ) async -> (bytes: [UInt8], isCut: Bool) {
    var bytes: [UInt8] = []
    var count = 0
    do {
      for try await buffer in stream {
        count += buffer.count
        let room = kept - bytes.count
        if room > 0 { buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(room)) } }
        if count > limit { return (bytes, true) }
      }
    } catch {
      // What could not be read is the tool's loss; its exit code tells the rest.
    }
    return (bytes, false)
  }
}
