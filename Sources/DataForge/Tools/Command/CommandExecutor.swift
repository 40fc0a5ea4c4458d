import Foundation
import OrderedJSON

/// Executes `command` tools in the sandbox, and never outside of it.
public struct CommandExecutor: ToolExecutor, ToolSession {
  private let sandbox: Sandbox
  private let toolsFolder: String

  /// Finds the sandbox and tries it.
  /// - Parameter toolsFolder: where a tool's `directory` is relative to: the folder of the tools file.
  /// - Throws: `SandboxUnavailable` where a program is missing or the system forbids what it does.
  public init(toolsFolder: String) async throws {
    try await self.init(toolsFolder: toolsFolder, sandbox: Sandbox())
  }

  init(toolsFolder: String, sandbox: Sandbox) async throws {
    self.sandbox = sandbox
    self.toolsFolder = toolsFolder
    try await sandbox.check()
  }

  /// Each call gets a sandbox of its own, so that there is nothing to share.
  public func open() -> any ToolSession { self }

  public func close() {}

  public func execute(_ call: ToolCall, of tool: Tool) async throws -> Observation {
    guard case .command(let command)? = tool.execution else {
      return Observation(status: .notExecutable, message: "the tool is no command")
    }
    let arguments = call.arguments.objectValue ?? [:]
    let line: [String]
    do throws(UnusableArgument) {
      line = try command.commandLine(for: arguments)
    } catch {
      return Observation(status: .notExecutable, message: "the argument \"\(error.name)\" \(error.reason)")
    }
    let directory = try command.directory.map { try folder($0, of: tool) }
    let start = ContinuousClock.now
    let end = await sandbox.run(
      line, input: command.standardInput == .json ? Array(call.arguments.serialized(.compact).utf8) : [],
      limits: command.limits, network: command.network, directory: directory)
    var observation = Self.observation(of: end, command)
    observation.duration = start.duration(to: .now)
    return observation
  }

  /// - Throws: `ToolFileError` where the folder is missing, or is closed to the user that the sandbox runs as.
  private func folder(_ directory: String, of tool: Tool) throws -> String {
    let base = URL(fileURLWithPath: toolsFolder, isDirectory: true)
    let path = URL(fileURLWithPath: directory, relativeTo: base).standardizedFileURL.path
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw ToolFileError(path: "/\(tool.name)/execute/directory", reason: "there is no folder \(path)")
    }
    if Sandbox.isRoot, let closed = OpenToAll.firstClosedFolder(on: path) {
      throw ToolFileError(
        path: "/\(tool.name)/execute/directory",
        reason: "\(closed) is closed to other users, and under root tools run as nobody; open it "
          + "(chmod o+rx \(closed)) or run forge as an ordinary user")
    }
    return path
  }

  private static func observation(of end: ProcessEnd, _ command: CommandTool) -> Observation {
    let text = String(decoding: end.output, as: UTF8.self)
    var observation = Observation(status: .ok, output: .string(text), message: end.message)
    switch end.exit {
    case .notStarted:
      observation.status = .notExecutable
    case .timedOut:
      observation.status = .timedOut
      observation.message = "stopped after \(command.limits.seconds) s"
    case .outputLimit:
      observation.status = .outputLimit
      observation.message = "stopped after \(command.limits.output) KiB of output; the rest is cut off"
    case .exited(let code):
      observation.exitCode = code
      if code == 0 { break }
      observation.status = .failed
      // bubblewrap passes on a signal as 128 and its number, as shells do.
      if code > 128, code <= 128 + 64 { observation.status = .killed }
      if code == 127, end.message.contains("prlimit: failed to execute") { observation.status = .notExecutable }
    }
    if observation.status == .ok, command.output == .json {
      do {
        observation.output = try JSONValue(parsing: end.output)
      } catch {
        observation.status = .notJSON
        observation.message = "the output is no JSON: \(error)"
      }
    }
    guard observation.status == .ok else { return observation }
    if let reason = ErrorShape.reason(in: observation.output) {
      observation.status = .errorAnswer
      observation.message = reason
    } else if observation.saysNothing, !command.network {
      // The sandbox keeps nothing: who says nothing has done nothing either.
      observation.status = .emptyAnswer
    }
    return observation
  }
}
