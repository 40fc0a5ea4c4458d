import DataForge
import Foundation
import OrderedJSON
import Testing

@Suite final class ShardedWriterTests {
  private let folder = NSTemporaryDirectory() + "shards-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }

  private func write(_ rows: Int, to name: String, shardRows: Int?, ownsFolder: Bool = false) throws -> [String] {
    let writer = try ShardedWriter(path: "\(folder)/\(name)", shardRows: shardRows, ownsFolder: ownsFolder)
    for row in 0..<rows {
      if row % 2 == 0 { try writer.write(["n": .integer(row)]) } else { try writer.write(rawLine: "{\"n\":\(row)}") }
    }
    #expect(writer.rows == rows)
    return try writer.finish()
  }

  private func numbers(_ path: String) throws -> [Int] {
    let reader = try JSONLinesReader(path: path)
    var numbers: [Int] = []
    while let line = try reader.next() { numbers.append(try line.value.get()["n"]?.intValue ?? -1) }
    return numbers
  }

  @Test(arguments: ["train.jsonl", "train.jsonl.gz"]) func rowsAreCutInPiecesWhoseNamesSayHowMany(name: String) throws {
    let ending = name.dropFirst(5)
    let paths = try write(5, to: name, shardRows: 2)
    #expect(files == (0..<3).map { "train-0000\($0)-of-00003\(ending)" })
    #expect(paths == files.map { "\(folder)/\($0)" })
    #expect(try paths.map(numbers) == [[0, 1], [2, 3], [4]])
  }

  @Test func aFullLastPieceIsFollowedByNone() throws {
    #expect(try write(4, to: "a.jsonl", shardRows: 2).count == 2)
  }

  @Test func noRowsAreOneEmptyPiece() throws {
    _ = try write(0, to: "a.jsonl", shardRows: 2)
    #expect(files == ["a-00000-of-00001.jsonl"])
  }

  @Test func withoutShardsThereIsOneFile() throws {
    #expect(try write(3, to: "a.jsonl", shardRows: nil) == ["\(folder)/a.jsonl"])
    #expect(files == ["a.jsonl"])
    #expect(try numbers("\(folder)/a.jsonl") == [0, 1, 2])
  }

  @Test func nothingAppearsBeforeAllIsWrittenAndNothingStaysOfWhatIsGivenUp() throws {
    let writer = try ShardedWriter(path: "\(folder)/a.jsonl", shardRows: 1)
    for row in 0..<3 { try writer.write(["n": .integer(row)]) }
    #expect(files.allSatisfy { $0.hasPrefix(".") })
    writer.abandon()
    #expect(files.isEmpty)
  }

  @Test func whatAnEarlierExportLeftInOtherPiecesGoes() throws {
    for name in ["a-notes.jsonl", "a-00000-of-00002.txt", "ab-00000-of-00002.jsonl"] {
      try "mine".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    _ = try write(6, to: "a.jsonl", shardRows: 2)
    _ = try write(6, to: "a.jsonl", shardRows: 3)
    let mine = ["a-00000-of-00002.txt", "a-notes.jsonl", "ab-00000-of-00002.jsonl"]
    #expect(Set(files) == Set(["a-00000-of-00002.jsonl", "a-00001-of-00002.jsonl"] + mine))
    _ = try write(6, to: "a.jsonl", shardRows: nil, ownsFolder: true)
    #expect(Set(files) == Set(["a.jsonl"] + mine))
    _ = try write(1, to: "a.jsonl", shardRows: 3)
    #expect(Set(files) == Set(["a-00000-of-00001.jsonl"] + mine))
  }

  @Test func stdoutCannotBeCutInPieces() {
    #expect(throws: FileError.self) { _ = try ShardedWriter(path: "-", shardRows: 2) }
    #expect(throws: FileError.self) { _ = try ShardedWriter(path: "/dev/null", shardRows: 2) }
    #expect(throws: FileError.self) { _ = try ShardedWriter(path: "\(self.folder)/none/a.jsonl", shardRows: 2) }
  }
}
