import Foundation
import OrderedJSON
import Testing

/// What people get wrong, and what breaks around them: a clear message that says what to do, and the right exit code.
@Suite("bad input")
struct BadInputTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ForgeBinary.Result {
    try ForgeBinary.run(arguments, in: folder.path)
  }

  private func expect(_ result: ForgeBinary.Result, exits status: Int32, says words: String...) {
    #expect(result.status == status, "\(result.err)")
    for word in words { #expect(result.err.contains(word), "“\(word)” is missing in: \(result.err)") }
    #expect(!result.wasKilled)
  }

  @Test func `no such folder`() throws {
    expect(try run("run", "nowhere", "-o", "out"), exits: 2, says: "nowhere")
    #expect(!folder.exists("out"))
  }

  @Test func `a folder without a document says what it found`() throws {
    try folder.write("hello", to: "texts/a.csv")
    expect(try run("run", "texts", "-o", "out"), exits: 2, says: "texts", "csv", "DOCX")
  }

  @Test func `a file among folders is read too`() throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    let file = "\(ForgeBinary.samples)/heron-reference.pdf"
    let result = try run("run", pdfs, file, "-o", "out", "--json", "-q")
    #expect(result.status == 0)
    #expect(try JSONValue(parsing: result.out)["counts"]?["documents"]?.intValue == 2)
  }

  @Test(arguments: [
    ("empty-file", ""), ("not-a-pdf", "This is a letter, not a PDF."), ("truncated", "%PDF-1.7\n1 0 obj\n<< /Type"),
  ])
  func `a bad file is rejected by name and the others go on`(check: String, bytes: String) throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf"])
    try folder.write(bytes, to: "pdfs/bad.pdf")
    let result = try run("run", pdfs, "-o", "out", "-q")
    #expect(result.status == 0, "\(result.err)")
    let rejected = try folder.rows("out/rejected.jsonl").filter { $0["document"]?.stringValue == "bad.pdf" }
    #expect(rejected.map { $0["check"]?.stringValue } == [check])
    #expect(try folder.rows("out/train.jsonl").count > 0)
  }

  @Test func `an output that cannot be written`() throws {
    expect(
      try run("run", ForgeBinary.samples, "-o", "/proc/forge"), exits: 2, says: "cannot write", "/proc/forge", "-o")
  }

  @Test func `an output that is a file`() throws {
    try folder.write("x", to: "out")
    expect(try run("run", ForgeBinary.samples, "-o", "out"), exits: 2, says: "cannot write", "out")
  }

  @Test func `a misspelt key of a recipe is named with its line and the nearest right one`() throws {
    try folder.write("# mine\nchunk:\n  max_tokns: 300\n", to: "qa.yaml")
    expect(
      try run("run", ForgeBinary.samples, "-o", "out", "--recipe", "qa.yaml"), exits: 2,
      says: "qa.yaml:3", "max_tokns", "max_tokens")
  }

  @Test func `a recipe's value of the wrong kind is named with its line`() throws {
    try folder.write("chunk:\n  max_tokens: many\n", to: "qa.yaml")
    expect(
      try run("run", ForgeBinary.samples, "-o", "out", "--recipe", "qa.yaml"), exits: 2, says: "qa.yaml:2", "integer")
  }

  @Test func `a recipe that is no YAML`() throws {
    try folder.write("chunk: [1, 2\nfoo", to: "qa.yaml")
    expect(
      try run("run", ForgeBinary.samples, "-o", "out", "--recipe", "qa.yaml"), exits: 2, says: "qa.yaml", "YAML")
  }

  @Test func `a recipe that is missing`() throws {
    expect(try run("run", ForgeBinary.samples, "-o", "out", "--recipe", "no.yaml"), exits: 2, says: "no.yaml")
  }

  @Test func `an unknown backend is answered with the nearest`() throws {
    expect(
      try run("run", ForgeBinary.samples, "-o", "out", "--backend", "opnai"), exits: 2, says: "opnai", "“openai”")
  }

  @Test func `a backend without its address or model`() throws {
    expect(try run("run", ForgeBinary.samples, "-o", "out", "--backend", "openai"), exits: 2, says: "--base-url")
    expect(
      try run("run", ForgeBinary.samples, "-o", "out", "--backend", "openai", "--base-url", "http://127.0.0.1:9/v1"),
      exits: 2, says: "--model")
  }

  @Test func `a second run on a workspace that is in use`() throws {
    let lock = folder.path + "/out/forge.lock"
    try folder.write("4711\n", to: "out/forge.lock")
    let descriptor = open(lock, O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    expect(try run("run", ForgeBinary.samples, "-o", "out"), exits: 2, says: "another run", "4711", "out")
  }

  @Test func `a workspace of a newer version is left alone`() throws {
    #expect(try run("run", ForgeBinary.samples, "-o", "out", "-q").status == 0)
    let path = folder.path + "/out/forge.sqlite"
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    // The header's user version: https://www.sqlite.org/fileformat.html#user_version_number
    try handle.seek(toOffset: 60)
    try handle.write(contentsOf: Data([0, 0, 0, 99]))
    try handle.close()
    expect(try run("run", ForgeBinary.samples, "-o", "out"), exits: 2, says: "newer", "99")
  }

  @Test func `a database that is none`() throws {
    try folder.write(String(repeating: "this is no database ", count: 200), to: "out/forge.sqlite")
    expect(try run("run", ForgeBinary.samples, "-o", "out"), exits: 2, says: "forge.sqlite", "Move it away")
  }

  @Test func `an unreadable file is rejected by name and the others go on`() throws {
    let pdfs = try folder.samples(["rain-gauge-leaflet.pdf", "heron-reference.pdf"])
    let locked = pdfs + "/heron-reference.pdf"
    #expect(chmod(locked, 0) == 0)
    // Nothing is unreadable to root, so root steps down for this one.
    let script = """
      chmod 777 . pdfs
      step=; [ "$(id -u)" = 0 ] && step='setpriv --reuid=65534 --regid=65534 --clear-groups'
      $step test -x "$FORGE" || exit 77
      $step "$FORGE" run pdfs -o out -q
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["PATH": "/usr/bin:/bin", "FORGE": ForgeBinary.path]
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus == 77 {
      print("skipped: the checkout is closed to other users")
      return
    }
    #expect(process.terminationStatus == 0)
    let rejected = try folder.rows("out/rejected.jsonl").filter { $0["check"]?.stringValue == "unreadable" }
    #expect(rejected.map { $0["document"]?.stringValue } == ["heron-reference.pdf"])
    #expect(try folder.rows("out/train.jsonl").count > 0)
  }

  @Test func `a full disk stops the run with a message and nothing is lost`() throws {
    // A small file system of the test's own, in a namespace that ends with it.
    let script = """
      mkdir -p disk && mount -t tmpfs -o size=\"$1\" none disk || exit 77
      \"$FORGE\" run \"$SAMPLES\" -o disk/out -q; first=$?
      mount -o remount,size=200m disk
      \"$FORGE\" run \"$SAMPLES\" -o disk/out -q; second=$?
      echo \"first $first second $second rows $(wc -l < disk/out/train.jsonl)\"
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", "300k"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = ["PATH": "/usr/bin:/bin", "FORGE": ForgeBinary.path, "SAMPLES": ForgeBinary.samples]
    let (out, err) = (Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let said = String(decoding: try out.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    let errors = String(decoding: try err.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationStatus == 77 {
      print("skipped: no mount namespace may be made here")
      return
    }
    #expect(said.hasPrefix("first 2 second 0 rows "), "\(said) \(errors)")
    #expect(errors.contains("full"), "\(errors)")
  }
}
