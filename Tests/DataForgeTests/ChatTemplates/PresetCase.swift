import DataForge
import Foundation
import OrderedJSON

/// A conversation with what a preset makes of it.
struct PresetCase {
  var name: String
  var row: ChatRow
  /// `nil` where the template must refuse.
  var text: String?
  var spans: [Range<Int>]

  static func all(of preset: String) throws -> [PresetCase] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures/presets.jsonl.gz"
    let reader = try JSONLinesReader(path: path)
    var cases: [PresetCase] = []
    while let line = try reader.next() {
      let value = try line.value.get()
      guard value["preset"]?.stringValue == preset, let input = value["input"]?.objectValue else { continue }
      cases.append(
        PresetCase(
          name: value["conversation_id"]?.stringValue ?? "", row: try ChatRow(context: input),
          text: value["expected"]?.stringValue, spans: value["generation_spans"].map(ranges) ?? []))
    }
    return cases
  }

  private static func ranges(_ value: JSONValue) -> [Range<Int>] {
    (value.arrayValue ?? []).compactMap { pair in
      guard let start = pair[0]?.intValue, let end = pair[1]?.intValue else { return nil }
      return start..<end
    }
  }
}
