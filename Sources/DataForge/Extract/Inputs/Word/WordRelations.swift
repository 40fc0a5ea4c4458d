/// Where a package's part finds the parts that it needs.
final class WordRelations: XMLFlow {
  private(set) var targets: [(type: Substring, path: String)] = []
  private let part: String

  /// - Parameter part: the part that they are of, which their paths start from.
  init(of part: String) { self.part = part }

  /// The name of the part that holds a part's relations.
  static func path(of part: String) -> String {
    let names = part.split(separator: "/")
    let folder = names.dropLast().map { $0 + "/" }.joined()
    return "\(folder)_rels/\(names.last ?? "").rels"
  }

  func start(_ name: String, _ attributes: XMLAttributes) {
    guard name == "Relationship", let type = attributes["Type"]?.split(separator: "/").last,
      let target = attributes["Target"], attributes["TargetMode"] != "External"
    else { return }
    targets.append((type, PartPath.resolve(target, from: part)))
  }

  func end(_ name: String) {}
  func text(_ text: String) {}

  func first(_ type: String) -> String? { targets.first { $0.type == type }?.path }
}

/// A part of single values: who wrote the document, and when.
final class WordProperties: XMLFlow {
  private(set) var values: [String: String] = [:]
  private var open = ""
  private var value = ""

  func start(_ name: String, _ attributes: XMLAttributes) { (open, value) = (name, "") }

  func end(_ name: String) {
    if name == open, let text = InputText.clean(value) { values[name] = text }
    open = ""
  }

  func text(_ text: String) { if !open.isEmpty, value.utf8.count < 4_096 { value += text } }
}
