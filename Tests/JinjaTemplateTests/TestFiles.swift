import Foundation
import JinjaTemplate
import OrderedJSON

/// The files that tests read.
enum TestFiles {
  /// The path of a file of the conformance data, which are no part of this repository: in `FORGE_CONFORMANCE`, or else
  /// beside the checkout; `nil` where it is not there.
  static func conformance(_ name: String) -> String? {
    let folder =
      ProcessInfo.processInfo.environment["FORGE_CONFORMANCE"].map { URL(fileURLWithPath: $0, isDirectory: true) }
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/conformance")
    let path = folder.appendingPathComponent(name).path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// The path of a file in `Fixtures`.
  static func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)").path
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  static func rows(_ path: String) throws -> [JSONValue] {
    try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n")).map {
      try JSONValue(parsing: Array($0))
    }
  }

  /// The time at which the expected texts were made.
  static let clock = TemplateClock.fixed(
    ClockTime(year: 2024, month: 7, day: 26, hour: 15, minute: 4, second: 5))
}

extension String {
  /// Renders the string as a template; compiling and rendering must both work.
  func rendered(_ context: JSONObject = [:], limits: RenderLimits = .default) throws -> String {
    try JinjaTemplate(self, name: "test").render(context, limits: limits, clock: TestFiles.clock).text
  }

  /// What compiling or rendering the string fails with.
  func failure(_ context: JSONObject = [:], limits: RenderLimits = .default) -> JinjaError? {
    do throws(JinjaError) {
      _ = try JinjaTemplate(self, name: "test").render(context, limits: limits, clock: TestFiles.clock)
      return nil
    } catch {
      return error
    }
  }
}
