import Foundation
import OrderedJSON
import Testing

@Suite("Writing JSON Lines") struct JSONLinesWriterTests {
  private let files = FileManager.default

  @Test func `the file appears whole and only at the end`() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/rows.jsonl"
      files.write(Array("old\n".utf8), path)
      let writer = try JSONLinesWriter(path: path)
      try writer.write(["a": 1])
      try writer.write(rawLine: "[ 2 ]")
      try writer.flush()
      #expect(files.text(path) == "old\n")
      #expect(try files.names(in: folder).count == 2)
      try writer.finish()
      try writer.finish()
      #expect(files.text(path) == "{\"a\":1}\n[ 2 ]\n")
      #expect(try files.names(in: folder) == ["rows.jsonl"])
      let late = #expect(throws: FileError.self) {
        try writer.write([])
        try writer.flush()
      }
      #expect(late?.code == EBADF)
    }
  }

  @Test func `what is given up, or forgotten, leaves nothing behind`() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/rows.jsonl"
      files.write(Array("old\n".utf8), path)
      let writer = try JSONLinesWriter(path: path)
      try writer.write([1])
      writer.abandon()
      try { try JSONLinesWriter(path: path).write([1]) }()
      #expect(try files.names(in: folder) == ["rows.jsonl"])
      #expect(files.text(path) == "old\n")
    }
  }

  @Test func `a packed file is the same for the same rows, and unpacks`() throws {
    try withScratchFolder { folder in
      var random = Seeded(9)
      let rows = (0..<3000).map { _ in random.value() }
      for name in ["a.jsonl.gz", "b.jsonl.gz"] {
        let writer = try JSONLinesWriter(path: "\(folder)/\(name)")
        for row in rows { try writer.write(row) }
        try writer.finish()
      }
      let packed = try #require(files.contents(atPath: "\(folder)/a.jsonl.gz"))
      #expect(packed == files.contents(atPath: "\(folder)/b.jsonl.gz"))
      #expect(packed[4..<8] == Data([0, 0, 0, 0]))
      let reader = try JSONLinesReader(path: "\(folder)/a.jsonl.gz")
      var back: [JSONValue] = []
      while let line = try reader.next() { back.append(try line.value.get()) }
      #expect(back == rows)
    }
  }

  @Test func `permissions and symbolic links stay`() throws {
    try withScratchFolder { folder in
      files.write([], "\(folder)/real.jsonl")
      try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(folder)/real.jsonl")
      try files.createSymbolicLink(atPath: "\(folder)/link.jsonl", withDestinationPath: "real.jsonl")
      let writer = try JSONLinesWriter(path: "\(folder)/link.jsonl")
      try writer.write(1)
      try writer.finish()
      #expect(files.text("\(folder)/real.jsonl") == "1\n")
      #expect(try files.attributesOfItem(atPath: "\(folder)/real.jsonl")[.posixPermissions] as? Int == 0o640)
      #expect(try files.destinationOfSymbolicLink(atPath: "\(folder)/link.jsonl") == "real.jsonl")
    }
  }

  @Test func `devices are written to and stay`() throws {
    let writer = try JSONLinesWriter(path: "/dev/null")
    try writer.write(1)
    try writer.finish()
    #expect(try files.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test(arguments: ["/dev/full", "gz"])
  func `a full disk says so`(_ path: String) throws {
    let error = #expect(throws: FileError.self) {
      try withScratchFolder { folder in
        // A link, so that the name ends in .gz.
        try files.createSymbolicLink(atPath: "\(folder)/full.gz", withDestinationPath: "/dev/full")
        let writer = try JSONLinesWriter(path: path == "gz" ? "\(folder)/full.gz" : path)
        try writer.write(1)
        try writer.finish()
      }
    }
    #expect(error?.code == ENOSPC)
    #expect(error?.description.contains("the disk is full; free some space") == true)
  }

  @Test(.enabled(if: TinyDisk.canBeMade, "only root may mount a disk"))
  func `a disk that fills in the middle keeps the old file and loses the temporary one`() throws {
    try TinyDisk.with { folder in
      let path = "\(folder)/rows.jsonl"
      files.write(Array("old\n".utf8), path)
      let writer = try JSONLinesWriter(path: path)
      let error = #expect(throws: FileError.self) {
        for _ in 0..<1000 { try writer.write(.string(String(repeating: "x", count: 10_000))) }
        try writer.finish()
      }
      #expect(error?.code == ENOSPC)
      #expect(files.text(path) == "old\n")
      #expect(try files.names(in: folder) == ["rows.jsonl"])
    }
  }

  @Test func `a folder that vanishes is an error, and so is every later call`() throws {
    try withScratchFolder { folder in
      let writer = try JSONLinesWriter(path: "\(folder)/rows.jsonl")
      try files.removeItem(atPath: folder)
      try writer.write(1)
      #expect(throws: FileError.self) { try writer.finish() }
      #expect(throws: FileError.self) { try writer.finish() }
      try files.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }
  }

  @Test func `a reader that has ended is an error, not the end of the process`() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let reader = open(path, O_RDONLY | O_NONBLOCK)
      #expect(reader >= 0)
      let writer = try JSONLinesWriter(path: path)
      try writer.write(1)
      try writer.flush()
      close(reader)
      try writer.write(2)
      let error = #expect(throws: FileError.self) { try writer.finish() }
      #expect(error?.code == EPIPE)
    }
  }

  @Test func `places that cannot be written say why`() throws {
    try withScratchFolder { folder in
      files.write([], "\(folder)/file")
      for (path, code) in [
        ("\(folder)/none/rows.jsonl", ENOENT), (folder, EISDIR), ("\(folder)/file/rows.jsonl", ENOTDIR),
        ("\(folder)/new/", EISDIR),
        ("", ENOENT),
      ] {
        let error = #expect(throws: FileError.self) { try JSONLinesWriter(path: path) }
        #expect(error?.code == code, "\(path)")
        #expect(error?.operation == .write)
      }
    }
  }

  @Test func `long names get a temporary name that fits`() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/" + String(repeating: "é", count: 120) + ".jsonl"
      try AtomicFile.write([1], to: path)
      #expect(files.contents(atPath: path) == Data([1]))
    }
  }
}
