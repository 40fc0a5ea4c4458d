import Foundation

/// Files and folders that a server was started for: what its arguments that name files can mean.
public struct KnownPaths: Hashable, Sendable {
  private(set) var folders: [String] = []
  private(set) var files: [String] = []

  /// Knows nothing.
  public init() {}

  /// Paths of the server's command line, or else what it may read and is not its own installation.
  init(of program: MCPServer.Program) {
    let words = program.command.dropFirst().map { word in
      word.hasPrefix("-") ? word.firstIndex(of: "=").map { String(word[$0...].dropFirst()) } ?? word : word
    }
    var paths = program.readable.filter(words.contains)
    if paths.isEmpty { paths = program.readable.filter { !Self.isInstallation($0, of: words) } }
    for path in paths where !folders.contains(path) && !files.contains(path) { add(path) }
  }

  /// `nil` where the name is not one of a file or a folder, or none is known.
  func text(named name: String, _ numbers: inout SeededNumbers) -> String? {
    let words = Set(WordsOfName.words(name))
    if !words.isDisjoint(with: ["repo", "repository", "dir", "directory", "folder", "root", "workspace", "cwd"]) {
      return numbers.pick(folders)
    }
    if !words.isDisjoint(with: ["file", "filename", "filepath"]) { return numbers.pick(files) }
    return words.contains("path") ? numbers.pick(files + folders) : nil
  }

  private mutating func add(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      files.append(path)
      return
    }
    folders.append(path)
    let inside = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    let shown = inside.lazy.filter { !$0.hasPrefix(".") }.map { path + "/" + $0 }
    files += shown.filter(Self.isFile).prefix(3)
  }

  private static func isFile(_ path: String) -> Bool {
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type]
    return kind as? FileAttributeType == .typeRegular
  }

  private static func isInstallation(_ path: String, of words: [String]) -> Bool {
    words.contains { $0.hasPrefix(path + "/") } || FileManager.default.fileExists(atPath: path + "/bin")
  }
}

extension ToolRegistry {
  /// What is known of the files of the server that a tool belongs to.
  public func knownPaths(of tool: Tool) -> KnownPaths {
    guard case .mcp(let mcp)? = tool.execution, case .program(let program)? = servers[mcp.server]?.place else {
      return KnownPaths()
    }
    return KnownPaths(of: program)
  }
}
