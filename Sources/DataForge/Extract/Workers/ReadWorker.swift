import CConfinement
import Glibc
import OrderedJSON

/// The worker's side: a process that reads one file after the other for a `WorkerPool` and trusts none of them.
///
/// Descriptor 0 is the socket to the parent, 1 leads nowhere, 2 is a file in memory for error messages, 3 the cell.
public enum ReadWorker {
  /// The environment that a worker needs; keys and whatever else a program has there are none of its business.
  static let environment: Set<String> = [
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "TESSDATA_PREFIX",
  ]

  /// Serves the parent until it goes away.
  /// - Returns: the exit code; 2 where no parent is there.
  public static func run() -> Int32 {
    var status = stat()
    guard fstat(0, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK, let cell = WorkerCell(descriptor: 3) else {
      return 2
    }
    confine()
    let watch = WorkerWatch(cell: cell)
    for served in 1... {
      watch.begins(.idle)
      guard let bytes = WorkerSocket.receive(from: 0) else { return 0 }
      guard let request = try? JSONValueDecoder().decode(ReadRequest.self, from: JSONValue(parsing: bytes)) else {
        return 3
      }
      let limits = WorkerLimits(request.options)
      watch.cpuSeconds.value = limits.cpuSeconds
      // Only the soft limit: the parent decides anew with each file.
      limit(RLIMIT_AS, soft: limits.memory << 20)
      let (outcomes, isShort) = read(request, watch)
      guard var reply = try? WorkerReply(outcomes: outcomes).bytes() else { return 4 }
      confinement_release_memory()
      let isWorn = isShort || served >= WorkerLimits.files || residentMiB > WorkerLimits.restingMemory
      WorkerReply.mark(&reply, isWorn: isWorn)
      guard WorkerSocket.send(reply, to: 0) else { return 0 }
    }
    return 0
  }

  private static func read(_ request: ReadRequest, _ watch: WorkerWatch) -> ([Outcome<Document>], Bool) {
    let outcomes = FileExtraction(request: request, watch: watch).outcomes()
    let isShort = outcomes.contains {
      if case .rejected(let rejection) = $0 { rejection.check == WorkerEnd.Cause.memory.check } else { false }
    }
    return (outcomes, isShort)
  }

  /// Gives up what reading files does not need. A kernel that cannot do it (without seccomp) leaves the limits.
  private static func confine() {
    confinement_close_from(4)
    confinement_die_with_parent()
    // The parent may have died before it was asked for: then its end of the socket is closed, and reading ends here.
    limit(RLIMIT_CORE, soft: 0, hard: 0)
    limit(RLIMIT_NOFILE, soft: 256, hard: 256)
    // Error messages are all that it writes. Beyond this they are lost, and nothing else happens.
    signal(SIGXFSZ, SIG_IGN)
    limit(RLIMIT_FSIZE, soft: 1 << 20, hard: 1 << 20)
    // The runtime may have made threads already.
    confinement_drop_rights(1)
  }

  static func limit(_ resource: __rlimit_resource, soft: Int, hard: Int? = nil) {
    var limit = rlimit()
    let resource = __rlimit_resource_t(resource.rawValue)
    guard getrlimit(resource, &limit) == 0 else { return }
    if let hard { limit.rlim_max = min(limit.rlim_max, rlim_t(hard)) }
    limit.rlim_cur = min(rlim_t(soft), limit.rlim_max)
    setrlimit(resource, &limit)
  }

  /// MiB of memory that this process has for itself.
  private static var residentMiB: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
      separator: " "
    ).compactMap { Int($0) }
    guard fields.count > 2 else { return 0 }
    return (fields[1] - fields[2]) * Int(getpagesize()) >> 20
  }
}

/// Tells the parent what the worker is busy with, and allows processor time for it.
struct WorkerWatch: ReadWatch {
  /// A number that can be set in a value that is lent out.
  final class Number {
    var value = 60
  }

  let cell: WorkerCell
  let cpuSeconds = Number()
  private let messages = WorkerMessages(descriptor: 2)

  init(cell: WorkerCell) { self.cell = cell }

  func begins(_ step: ReadStep) {
    messages.clear()
    cell.step = step
    var used = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used)
    // Counted in whole seconds, and over at the second that is reached.
    ReadWorker.limit(RLIMIT_CPU, soft: used.tv_sec + 1 + cpuSeconds.value)
  }

  func ranOutOfMemory() -> Bool { WorkerEnd.isAboutMemory(messages.words) }
}
