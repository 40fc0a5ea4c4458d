import Foundation
import OrderedJSON
import Testing

/// Broken templates, rows and files: each ends as a named rejection or a clear refusal, and the rest goes on.
@Suite("export of bad input")
struct ExportBadInputTests {
  private let here: ExportFolder

  init() throws { here = try ExportFolder() }

  // MARK: Templates

  @Test(arguments: [
    ("{% if messages %}\n{{ messages }\n", "line 2"), ("hello\n\n{{ x | sparkle }}", "sparkle"),
    ("{% for m in messages %}", "line 1"),
  ])
  func `a template that is no Jinja stops the run with its line`(source: String, words: String) throws {
    let file = try here.folder.write(source, to: "bad.jinja")
    let result = try here.export([ExportFolder.chatRow], "--format", "text", "--template", file)
    #expect(result.status == 2)
    #expect(result.err.contains(words), "\(result.err)")
    #expect(!here.folder.exists("out.jsonl"))
  }

  @Test(arguments: [
    ("an endless loop", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
    ("ten gigabytes", "{% for a in range(99999) %}{{ 'x' * 100000 }}{% endfor %}"),
    ("one long text", "{{ 'x' * 10000000000 }}"),
    ("a macro that calls itself", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"),
  ])
  func `a template that never ends is stopped, and the next row goes on`(kind: String, source: String) throws {
    let file = try here.folder.write("{% if messages[0].content == 'one' %}\(source)\n{% endif %}ok", to: "bad.jinja")
    let other = ExportFolder.reasoningRow
    let result = try here.export(
      [ExportFolder.chatRow, other], "--format", "text", "--template", file, "--allow-lossy")
    #expect(result.status == 0)
    #expect(try here.texts() == ["ok"])
    #expect(try here.rejected().first?["check"]?.stringValue?.hasPrefix("template-") == true)
    #expect(try here.reason().contains("line 1"), "\(kind)")
  }

  @Test func `a template's own refusal is told with its line`() throws {
    let file = try here.folder.write("\n\n{{ raise_exception('no such role') }}", to: "bad.jinja")
    try here.export([ExportFolder.chatRow], "--format", "text", "--template", file)
    #expect(try here.checks() == ["template-error"])
    #expect(try here.reason().contains("line 3: TemplateError: no such role"))
  }

  @Test func `a template reaches no file and no private member`() throws {
    for source in ["{% include '/etc/passwd' %}", "{{ messages.__class__.__mro__ }}", "{{ ''.__class__ }}x"] {
      let file = try here.folder.write(source, to: "bad.jinja")
      let result = try here.export([ExportFolder.chatRow], "--format", "text", "--template", file, "--allow-lossy")
      let text = result.status == 2 ? "" : try here.texts().first ?? ""
      #expect(!text.contains("root") && !text.contains("class"), "\(source)")
    }
  }

  // MARK: Rows

  private static let call = #"{"id":"a","type":"function","function":{"name":"f","arguments":{}}}"#
  private static let user = #"{"role":"user","content":"q"}"#

  @Test(arguments: [
    (#"[{"role":"wizard","content":"x"}]"#, "/messages/0/role"),
    (#"[\#(user),{"role":"tool","tool_call_id":"a","content":"r"}]"#, "/messages/1"),
    (#"[{"role":"system","content":"a"},{"role":"system","content":"b"},\#(user)]"#, "/messages/1"),
    (#"[\#(user),{"role":"assistant","content":null}]"#, "/messages/1/content"),
    ("[]", "/messages"),
    (#"[\#(user),{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{broken"}}]}]"#, "arguments"),
    (#"[\#(user),"text"]"#, "/messages/1"), (#""text""#, "/messages"),
  ])
  func `a row that is no conversation is rejected by its field`(messages: String, field: String) throws {
    for format in ["messages", "openai", "sharegpt"] {
      try here.export([#"{"messages":\#(messages)}"#, ExportFolder.chatRow], "--format", format, "--from", "messages")
      #expect(try here.checks() == ["wrong-shape"], "\(format)")
      let reason = try here.reason()
      #expect(reason.hasPrefix("line 1, ") && reason.contains(field), "\(reason)")
      #expect(try here.written().count == 1)
    }
    try here.export([#"{"messages":\#(messages)}"#, ExportFolder.chatRow], "--format", "text", "--template", "chatml")
    #expect(try here.checks() == ["wrong-shape"])
    #expect(try here.written().count == 1)
  }

  @Test func `rows of no known form and lines of no JSON are rejected`() throws {
    try here.export([#"{"colour":"red"}"#, "{nope", "7", ExportFolder.chatRow])
    #expect(try here.checks() == ["wrong-shape", "not-json", "wrong-shape"])
    #expect(try here.written().count == 1)
  }

  @Test func `a packed file that is cut short stops with what was read, and leaves no half file`() throws {
    let rows = Array(repeating: ExportFolder.chatRow, count: 2_000)
    try here.folder.write(rows.joined(separator: "\n") + "\n", to: "rows.jsonl")
    let packed = try ForgeBinary.run(["export", "rows.jsonl", "-o", "all.jsonl.gz", "-q"], in: here.folder.path)
    #expect(packed.status == 0)
    let bytes = try #require(here.folder.bytes("all.jsonl.gz"))
    try bytes.prefix(bytes.count - 40).write(to: URL(fileURLWithPath: here.folder.path + "/cut.jsonl.gz"))
    let result = try ForgeBinary.run(["export", "cut.jsonl.gz", "-o", "out.jsonl"], in: here.folder.path)
    #expect(result.status == 2)
    #expect(result.err.contains("ends too early"))
    #expect(!here.folder.exists("out.jsonl"))
  }

  @Test func `Ctrl-C leaves no half file and exits with 130`() throws {
    // Far more rows than are done when the signal comes.
    let rows = Array(repeating: ExportFolder.chatRow, count: 100_000)
    try here.folder.write(rows.joined(separator: "\n") + "\n", to: "rows.jsonl")
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: here.folder.path).filter { $0.contains("out.jsonl") }
    }
    // On a machine that is busy enough, the export is over before we get our turn.
    for attempt in 0..<10 {
      let child = try ForgeBinary.start(
        ["export", "rows.jsonl", "-o", "out.jsonl", "--format", "text", "--template", "qwen3", "-q"],
        in: here.folder.path)
      while try files().isEmpty { usleep(10_000) }
      child.send(SIGINT)
      let result = try child.wait(limit: 60)
      if result.status == 0, attempt < 9 {
        try FileManager.default.removeItem(atPath: here.folder.path + "/out.jsonl")
        continue
      }
      #expect(result.status == 130, "\(result.err)")
      #expect(try files().isEmpty)
      return
    }
  }

  @Test func `strict exits with 1 where a row was dropped`() throws {
    #expect(try here.export([ExportFolder.chatRow, "7"], "--strict").status == 1)
  }
}
