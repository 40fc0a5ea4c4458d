import OrderedJSON

/// The rejections of files and pages that went over a worker's limit or ended it.
enum WorkerRejection {
  private static let memoryAdvice = "raise it with --memory-limit where the file is trusted"
  private static let timeAdvice = "raise the limit with --page-timeout where the file is trusted"

  /// Memory ran out, and the reader noticed it itself.
  static func memory(of file: SourceFile, page: Int?, options: ExtractOptions) -> Rejection {
    end(
      WorkerEnd(cause: .memory, step: page.map { .page($0) } ?? .opening), of: file, limits: WorkerLimits(options))
  }

  /// What ended a worker at a step.
  static func end(_ end: WorkerEnd, of file: SourceFile, limits: WorkerLimits) -> Rejection {
    let page: Int? = if case .page(let number) = end.step { number } else { nil }
    var values: JSONObject = [:]
    let reason: String
    switch end.cause {
    case .memory:
      values["limit_mib"] = .integer(limits.memory)
      reason = "takes more memory than the \(limits.memory) MiB that a worker may use; \(memoryAdvice)"
    case .processorTime:
      values["limit_cpu_seconds"] = .integer(limits.cpuSeconds)
      reason = "takes more than \(limits.cpuSeconds) s of processor time; \(timeAdvice)"
    case .clock:
      values["limit_seconds"] = .double(limits.seconds)
      reason = "takes longer than \(limits.seconds) s; \(timeAdvice)"
    case .fileClock:
      values["limit_seconds"] = .double(limits.fileSeconds)
      reason = "was under way when the file had taken \(limits.fileSeconds) s; \(timeAdvice)"
    case .output:
      values["limit_mib"] = .integer(limits.reply)
      reason = "gives more than \(limits.reply) MiB of text and boxes"
    case .signal(let number):
      values["signal"] = .integer(Int(number))
      reason = "crashes the reader (signal \(number))"
    case .exit(let code):
      values["exit_code"] = .integer(Int(code))
      reason = "ends the reader (exit code \(code))"
    case .nonsense:
      reason = "makes the reader answer nonsense"
    }
    return make(file, end.cause.check, "\(place(end.step)) \(reason)", page: page, values: .object(values))
  }

  /// Pages that nobody tried, because too many before them ended their workers.
  static func untried(from page: Int, of file: SourceFile, attempts: Int) -> Rejection {
    make(
      file, "worker-gave-up",
      "was not read from page \(page) on: the pages before it ended \(attempts) workers, and the rest is not trusted",
      page: page, values: ["first_page": .integer(page), "workers": .integer(attempts)])
  }

  private static func place(_ step: ReadStep) -> String {
    switch step {
    case .page(let number): "has a page \(number) that"
    case .information: "has an outline that"
    case .assembly: "has pages whose layout"
    case .starting, .idle, .opening: "as a whole"
    }
  }

  private static func make(
    _ file: SourceFile, _ check: String, _ reason: String, page: Int?, values: JSONValue
  ) -> Rejection {
    Rejection(
      stage: .extract, check: check, reason: "\(file.path) \(reason).", document: file.path, page: page,
      values: values, id: page.map { StableID.of("page", file.sha256, "\($0)") } ?? file.sha256)
  }
}
