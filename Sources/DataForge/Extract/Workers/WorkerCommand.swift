import Glibc

/// Files cannot be read in processes of their own: the system gives none, or the program is none that serves.
public struct WorkerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What failed.
  public var reason: String

  public var description: String { "cannot start a process that reads files: \(reason)" }
}

/// The command line of a program that calls `ReadWorker.run`.
public struct WorkerCommand: Hashable, Sendable {
  /// A full path.
  public var program: String
  public var arguments: [String]

  public init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  /// The running program itself, also where its file was replaced meanwhile.
  public static func itself(_ arguments: String...) -> WorkerCommand {
    WorkerCommand(program: "/proc/self/exe", arguments: arguments)
  }

  /// Starts the program with three descriptors and little else of this process: no signals that are ignored here or
  /// sent by a terminal, no environment but what it needs.
  func spawn(socket: Int32, messages: Int32, cell: Int32) throws(WorkerError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0, posix_spawnattr_init(&attributes) == 0 else {
      throw WorkerError(reason: "out of memory")
    }
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, socket, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, messages, 2)
    posix_spawn_file_actions_adddup2(&actions, cell, 3)
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var environment = Self.environment.map { strdup($0) } + [nil]
    defer { for word in words + environment { free(word) } }
    var identifier: pid_t = 0
    let failure = posix_spawn(&identifier, program, &actions, &attributes, &words, &environment)
    guard failure == 0 else { throw WorkerError(reason: "\(program): \(String(cString: strerror(failure)))") }
    return identifier
  }

  private static var environment: [String] {
    ReadWorker.environment.sorted().compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
      // A worker has one thread that allocates; more arenas would only hold more.
      + ["MALLOC_CONF=narenas:1"]
  }
}
