import Glibc
import OrderedJSON

/// Finds the files to read in what the user named.
public enum SourceDiscovery {
  /// Files are taken as named, folders are searched with everything below them.
  ///
  /// The order is that of the inputs, and by the bytes of the paths within a folder. A file's `path` is relative to
  /// its folder; where several inputs are named, the folder's name stands before it.
  ///
  /// - Returns: the files, and a rejection for everything that was found and passed over: `unreadable`,
  ///   `unsupported-kind`, `duplicate-file`. Hidden files are passed over in silence.
  /// - Throws: `SourceError` where an input does not exist or a folder holds nothing that can be read.
  public static func discover(
    _ inputs: [String]
  ) throws(SourceError) -> (files: [SourceFile], rejected: [Rejection]) {
    guard !inputs.isEmpty else { throw .nothingNamed }
    var finder = Finder(labels: labels(of: inputs))
    for (index, input) in inputs.enumerated() { try finder.take(input, at: index) }
    return (finder.files, finder.rejected)
  }

  /// The hidden file that keeps a folder of extracted texts from being taken for sources by the next run.
  public static let textsMark = FolderWalk.textsMark

  /// What stands before the paths of each input: nothing for a folder that stands alone, else its last name, or the
  /// whole path where two inputs have the same last name.
  private static func labels(of inputs: [String]) -> [String] {
    let names = inputs.map { input in
      let trimmed = input.reversed().drop { $0 == "/" }.reversed()
      return String(trimmed).split(separator: "/").last.map(String.init) ?? ""
    }
    var counts: [String: Int] = [:]
    for name in names { counts[name, default: 0] += 1 }
    return zip(names, inputs).map { name, input in
      let isPlain = name != "." && name != ".." && !name.isEmpty
      if counts[name] == 1 && isPlain { return name }
      let trimmed = String(String(input.reversed().drop { $0 == "/" }.reversed()))
      return trimmed.isEmpty ? "/" : trimmed
    }
  }
}

/// Gathers files and rejections over the inputs.
private struct Finder {
  let labels: [String]
  var files: [SourceFile] = []
  var rejected: [Rejection] = []
  private var seenPaths: Set<String> = []
  private var firstWithHash: [String: String] = [:]

  init(labels: [String]) {
    self.labels = labels
  }

  mutating func take(_ input: String, at index: Int) throws(SourceError) {
    var status = stat()
    guard stat(input, &status) == 0 else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        return reject("unreadable", labels[index], "cannot be read: \(FileProbe.Failure(code: code).message)")
      }
      throw .missing(path: input, nearest: Self.nearest(to: input))
    }
    let absolute = Self.absolute(input)
    guard status.st_mode & S_IFMT == S_IFDIR else { return addFile(labels[index], absolute) }
    try addFolder(input, absolute, prefix: labels.count == 1 ? "" : labels[index])
  }

  private mutating func addFolder(_ input: String, _ absolute: String, prefix: String) throws(SourceError) {
    var kinds: [String: Int] = [:]
    var found = 0
    let entries = FolderWalk(folder: absolute).entries
    for entry in entries {
      let path = prefix.isEmpty ? entry.path : prefix.hasSuffix("/") ? prefix + entry.path : prefix + "/" + entry.path
      if let failure = entry.failure {
        found += 1
        let isDangling = failure.code == ENOENT || failure.code == ELOOP
        let advice = isDangling ? "It is a link that leads nowhere." : "Give read permission or leave it out."
        reject("unreadable", path, "cannot be read: \(failure.message). \(advice)")
        continue
      }
      let suffix = InputKind.suffix(of: entry.path)
      if entry.isRegular ? isRead(path, entry.absolutePath) : suffix == "pdf" {
        found += 1
        addFile(path, entry.absolutePath)
      } else {
        kinds[suffix, default: 0] += 1
        let what = suffix.isEmpty ? "of no kind that is read" : "a .\(suffix) file, which is not read"
        reject(
          "unsupported-kind", path, "is \(what): \(InputKind.list) are.", values: ["kind": .string(suffix)])
      }
    }
    guard found == 0 else { return }
    let list = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map { kind, count in
      "\(count) \(kind.isEmpty ? "without an extension" : "." + kind)"
    }
    throw .nothingReadable(folder: input, found: list.isEmpty ? "no files" : list.joined(separator: ", "))
  }

  /// Whether a file is of a kind that is read. One that cannot be looked into is taken for one, and says so later.
  private func isRead(_ path: String, _ absolute: String) -> Bool {
    guard let probe = try? FileProbe(path: absolute) else { return true }
    return probe.size == 0 ? InputKind.isKnown(path) : InputKind(path: path, probe: probe) != nil
  }

  private mutating func addFile(_ path: String, _ absolute: String) {
    guard seenPaths.insert(absolute).inserted else { return }
    do throws(FileProbe.Failure) {
      _ = try FileProbe(path: absolute)
      let hash = try FileChecksum.sha256(path: absolute)
      if let first = firstWithHash[hash] {
        let reason = "holds the same bytes as \(first), which is read in its place."
        return reject("duplicate-file", path, reason, values: ["of": .string(first), "sha256": .string(hash)])
      }
      firstWithHash[hash] = path
      files.append(SourceFile(path: path, absolutePath: absolute, sha256: hash))
    } catch {
      reject("unreadable", path, "cannot be read: \(error.message). Give read permission or leave it out.")
    }
  }

  private mutating func reject(_ check: String, _ path: String, _ reason: String, values: JSONValue = [:]) {
    rejected.append(
      Rejection(
        stage: .extract, check: check, reason: "\(path) \(reason)", document: path, values: values,
        id: StableID.of("source", check, path)))
  }

  private static func absolute(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The name in the same folder that the last part of the path was probably meant to be.
  private static func nearest(to path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let names = (try? FolderWalk.names(in: folder.isEmpty ? "." : folder)) ?? []
    return Suggestion.nearest(to: name, among: names).map { folder + $0 }
  }
}
