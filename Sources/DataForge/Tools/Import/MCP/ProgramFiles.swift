import Foundation

/// Finds what a server's command line needs to see within the sandbox: the program, its interpreter, and files that its
/// arguments name.
///
/// What lies in `/usr` is there anyway. A virtual environment is shown as a whole, and so is the prefix of an interpreter
/// that is installed elsewhere; a script is shown with the folder that it lies in.
struct ProgramFiles {
  /// The command line with full paths for what was found.
  private(set) var command: [String]
  /// What has to be shown, each path once and none within another.
  private(set) var readable: [String] = []
  private let folder: String
  private let search: [String]

  /// - Parameters:
  ///   - folder: where relative paths begin.
  ///   - search: the folders of the user's `PATH`.
  init(_ command: [String], in folder: String, search: [String]) {
    self.command = command
    self.folder = folder
    self.search = search
    if let program = command.first, let found = find(program) {
      // A name that the sandbox finds by itself stays as it is.
      if program.contains("/") || !Self.isThereAnyway(found) { self.command[0] = found }
      showProgram(found)
    }
    for index in command.indices.dropFirst() { showArgument(at: index) }
    readable = readable.filter { path in !readable.contains { $0 != path && path.hasPrefix($0 + "/") } }
  }

  private func find(_ program: String) -> String? {
    guard !program.contains("/") else { return full(program) }
    let places = search.map { "\($0)/\(program)" }
    guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
    return Self.behindShim(found) ?? found
  }

  private func full(_ path: String) -> String {
    URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true)).standardizedFileURL.path
  }

  /// pyenv puts scripts into the PATH that choose a version at each start; the program itself is what we need.
  private static func behindShim(_ path: String) -> String? {
    guard let end = path.range(of: "/shims/") else { return nil }
    let root = String(path[..<end.lowerBound])
    let chosen = (try? String(contentsOfFile: "\(root)/version", encoding: .utf8))?.split(whereSeparator: \.isNewline)
    let versions =
      (chosen ?? []).map(String.init)
      + ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/versions")) ?? []).sorted()
    return versions.lazy.map { "\(root)/versions/\($0)/bin/\(path[end.upperBound...])" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func isThereAnyway(_ path: String) -> Bool {
    ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/"].contains { path.hasPrefix($0) }
  }

  private mutating func show(_ path: String) {
    guard !Self.isThereAnyway(path + "/"), !readable.contains(path) else { return }
    readable.append(path)
  }

  /// Shows a program, what its links lead to, and the interpreter that its first line names.
  private mutating func showProgram(_ path: String, depth: Int = 0) {
    guard depth < 8, !Self.isThereAnyway(path) else { return }
    show(Self.prefix(of: path) ?? path)
    if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
      let next = URL(fileURLWithPath: target, relativeTo: URL(fileURLWithPath: path).deletingLastPathComponent())
      showProgram(next.standardizedFileURL.path, depth: depth + 1)
    } else if let interpreter = Self.interpreter(of: path) {
      showProgram(interpreter, depth: depth + 1)
    }
    // A virtual environment's Python is a link, mostly.
    if let root = Self.prefix(of: path), FileManager.default.fileExists(atPath: root + "/pyvenv.cfg"),
      depth == 0 || !path.hasSuffix("/python3")
    {
      showProgram(root + "/bin/python3", depth: depth + 1)
    }
  }

  /// The folder that an installation consists of: the one that holds `bin`, where that looks like one.
  private static func prefix(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, parts[parts.count - 2] == "bin" else { return nil }
    let root = "/" + parts.dropLast(2).joined(separator: "/")
    let isInstallation = ["pyvenv.cfg", "lib"].contains { FileManager.default.fileExists(atPath: "\(root)/\($0)") }
    return isInstallation && !isTooMuch(root) ? root : nil
  }

  /// What stands after `#!` in the first line.
  private static func interpreter(of path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    guard let start = try? file.read(upToCount: 512), start.starts(with: Array("#!".utf8)) else { return nil }
    let line = String(decoding: start.dropFirst(2).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    return line.split(separator: " ").first.map(String.init)
  }

  /// An argument that names an existing file or folder outside of `/usr`, also behind `--option=`.
  private mutating func showArgument(at index: Int) {
    let word = command[index]
    let value = word.hasPrefix("-") ? word.firstIndex(of: "=").map { word[$0...].dropFirst() } : word[...]
    guard let value, !value.isEmpty, value != ".", !value.contains("://") || value.hasPrefix("/") else { return }
    let path = full(String(value))
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !Self.isThereAnyway(path + "/"),
      !(isFolder.boolValue && Self.isTooMuch(path))
    else { return }
    command[index] = word.dropLast(value.count) + path
    if !isFolder.boolValue, Self.prefix(of: path) != nil, FileManager.default.isExecutableFile(atPath: path) {
      // `env A=b PROGRAM` and the like.
      showProgram(path)
      return
    }
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let isScript = [".py", ".js", ".mjs", ".cjs", ".ts", ".sh", ".rb", ".pl", ".php", ".jar"].contains {
      path.hasSuffix($0)
    }
    show(isScript && !isFolder.boolValue && !Self.isTooMuch(parent) ? parent : path)
  }

  /// Folders that hold everything possible and are never shown as a whole.
  private static func isTooMuch(_ path: String) -> Bool {
    ["/", "/tmp", "/home", "/root", "/etc", "/var", "/opt", "/srv", "/mnt", "/proc", "/sys", "/dev", "/run"]
      .contains(path) || path == NSHomeDirectory()
  }
}
