import OrderedJSON

/// What a command may use up before it is stopped.
public struct SandboxLimits: Codable, Hashable, Sendable {
  /// Seconds on the clock, for the command and everything that it starts.
  public var seconds: Double
  /// Seconds of processor time, for each process.
  public var cpuSeconds: Int
  /// MiB of address space, for each process.
  public var memory: Int
  /// Processes and threads at once.
  public var processes: Int
  /// MiB that one file may have.
  public var fileSize: Int
  /// MiB that all files in `/tmp` may have together.
  public var temporary: Int
  /// KiB that the command may print, on standard output and standard error each.
  public var output: Int

  /// Sets the limits; the defaults are enough for a script and end whatever runs wild.
  public init(
    seconds: Double = 10, cpuSeconds: Int = 10, memory: Int = 1024, processes: Int = 32, fileSize: Int = 16,
    temporary: Int = 64, output: Int = 256
  ) {
    self.seconds = seconds
    self.cpuSeconds = cpuSeconds
    self.memory = memory
    self.processes = processes
    self.fileSize = fileSize
    self.temporary = temporary
    self.output = output
  }

  enum CodingKeys: String, CodingKey, CaseIterable {
    case seconds
    case cpuSeconds = "cpu_seconds"
    case memory = "memory_mib"
    case processes
    case fileSize = "file_mib"
    case temporary = "tmp_mib"
    case output = "output_kib"
  }

  /// Reads the limits that are given over the defaults.
  /// - Throws: `ToolFileError` for an unknown name and for what is no positive number, at most a million.
  init(_ json: JSONValue, at path: String) throws(ToolFileError) {
    self.init()
    guard let object = json.objectValue else {
      throw ToolFileError(path: path, reason: "limits are an object, not \(json.typeName)")
    }
    for (key, value) in object {
      let place = path + JSONPointerToken.escaped(key)
      guard let limit = CodingKeys(rawValue: key) else {
        let known = CodingKeys.allCases.map(\.rawValue)
        throw ToolFileError(
          path: place,
          reason: "there is no such limit\(Suggestion.hint(for: key, among: known)); known: "
            + known.joined(separator: ", "))
      }
      guard let number = value.doubleValue, number > 0, number <= 1_000_000,
        limit == .seconds || value.intValue != nil
      else {
        throw ToolFileError(path: place, reason: "a limit is a positive number (whole, but for seconds)")
      }
      let whole = value.intValue ?? 0
      switch limit {
      case .seconds: seconds = number
      case .cpuSeconds: cpuSeconds = whole
      case .memory: memory = whole
      case .processes: processes = whole
      case .fileSize: fileSize = whole
      case .temporary: temporary = whole
      case .output: output = whole
      }
    }
  }
}
