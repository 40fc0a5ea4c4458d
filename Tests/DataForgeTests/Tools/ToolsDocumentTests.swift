import Foundation
import OrderedJSON
import Testing

@testable import DataForge

/// What docs/tools.md says holds.
@Suite struct ToolsDocumentTests {
  private static let text = String(
    decoding: FileManager.default.contents(
      atPath: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/docs/tools.md") ?? Data(), as: UTF8.self)

  @Test func `the tools file that it shows can be read`() throws {
    let block = try #require(Self.text.components(separatedBy: "```json\n").dropFirst().first)
    let json = try #require(block.components(separatedBy: "```").first)
    let registry = try ToolRegistry(JSONValue(parsing: json))
    #expect(Set(registry.tools.compactMap { $0.execution?.kind }) == Set(ToolExecution.Kind.allCases))
    #expect(!registry.hosts.isEmpty && !registry.servers.isEmpty && !registry.setup.isEmpty && !registry.reset.isEmpty)
  }

  @Test func `it names every kind of mistake and every limit of a command`() {
    for kind in FailureKind.allCases { #expect(Self.text.contains("`\(kind.rawValue)`"), "\(kind)") }
    for limit in SandboxLimits.CodingKeys.allCases { #expect(Self.text.contains("`\(limit.rawValue)`"), "\(limit)") }
  }
}
