import Testing

/// What a person sees who does not know what to type.
@Suite("help")
struct HelpTests {
  static let subcommands = [
    "run", "extract", "chunk", "generate", "validate", "filter", "export", "tools", "templates", "status",
    "doctor",
  ]

  @Test func `forge alone shows what to type`() throws {
    let result = try ForgeBinary.run([])
    #expect(result.status == 0)
    #expect(result.out.contains("forge run FOLDER -o OUT"))
    for name in Self.subcommands { #expect(result.out.contains("  \(name)"), "\(name) is not listed") }
  }

  @Test(arguments: subcommands)
  func `each subcommand's help has an example`(name: String) throws {
    let result = try ForgeBinary.run([name, "--help"])
    #expect(result.status == 0)
    #expect(result.out.contains("Example"))
    #expect(result.out.contains("forge \(name) "))
  }

  @Test(arguments: [("rnu", "run"), ("extrakt", "extract"), ("vallidate", "validate"), ("docter", "doctor")])
  func `a mistyped subcommand is answered with the nearest`(typed: String, right: String) throws {
    let result = try ForgeBinary.run([typed])
    #expect(result.status == 2)
    #expect(result.err.contains("forge \(right)"), "\(result.err)")
    #expect(result.out.isEmpty)
  }

  @Test(arguments: [(["run", "x", "--ouptut", "y"], "--output"), (["filter", "x", "--onyl", "length"], "--only")])
  func `a mistyped option is answered with the nearest`(typed: [String], right: String) throws {
    let result = try ForgeBinary.run(typed)
    #expect(result.status == 2)
    #expect(result.err.contains("did you mean “\(right)”?"), "\(result.err)")
  }

  @Test func `a missing argument exits with 2`() throws {
    #expect(try ForgeBinary.run(["run"]).status == 2)
    #expect(try ForgeBinary.run(["run", "folder"]).status == 2)
  }

  @Test func `the version is one line`() throws {
    let result = try ForgeBinary.run(["--version"])
    #expect(result.status == 0)
    #expect(result.out.split(separator: "\n").count == 1)
  }
}
