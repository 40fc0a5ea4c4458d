import Foundation
import Glibc

/// The names of a file's pieces: `train-00000-of-00003.jsonl.gz` for `train.jsonl.gz`.
struct ShardNames {
  private let folder: String
  private let stem: String
  /// With the dot: `.jsonl.gz`.
  private let ending: String
  private let mark = String(UInt64.random(in: .min ... .max), radix: 36)

  init(_ path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    folder = slash.map { String(path[...$0]) } ?? ""
    var name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    var ending = ""
    for extra in [".gz", ".jsonl", ".json"] where name.hasSuffix(extra) && name != extra {
      name = String(name.dropLast(extra.count))
      ending = extra + ending
    }
    stem = name
    self.ending = ending
  }

  func shard(_ index: Int, of count: Int) -> String {
    "\(folder)\(stem)-\(Self.padded(index))-of-\(Self.padded(count))\(ending)"
  }

  /// A name that no reader of the folder takes for a piece. It keeps the ending, which says whether to pack.
  func hidden(_ index: Int) -> String { "\(folder).\(stem.prefix(40))-\(Self.padded(index)).\(mark).part\(ending)" }

  /// Removes the file without pieces and all pieces, but for these paths.
  func removeOthers(than paths: [String]) {
    let kept = Set(paths)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    for name in names where isOurs(name) && !kept.contains(folder + name) { unlink(folder + name) }
  }

  /// Makes the new names last; some file systems cannot, and the files are whole all the same.
  func syncFolder() {
    let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func isOurs(_ name: String) -> Bool {
    if name == stem + ending { return true }
    guard name.hasPrefix(stem + "-"), name.hasSuffix(ending), name.count > stem.count + ending.count else {
      return false
    }
    let numbers = name.dropFirst(stem.count + 1).dropLast(ending.count).split(separator: "-")
    return numbers.count == 3 && numbers[1] == "of" && Self.isNumber(numbers[0]) && Self.isNumber(numbers[2])
  }

  private static func isNumber(_ text: Substring) -> Bool {
    text.utf8.count >= 5 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
