import OrderedJSON

/// A tools file with what trying its tools showed: a `probe` beside each definition, and the arguments that worked
/// among its `examples`.
///
/// Tools that do not work stand under `left_out`, each with its definition and the reason: nothing is dropped in
/// silence.
public enum ProbedFile {
  /// - Parameters:
  ///   - file: the tools file: an array of definitions, or an object with them under `tools`.
  ///   - probes: what was found, for each definition in order.
  ///   - keepsFailing: whether tools that do not work stay.
  public static func make(_ file: JSONValue, probes: [ToolProbe], keepsFailing: Bool) -> JSONValue {
    var object = file["tools"] == nil ? JSONObject() : file.objectValue ?? [:]
    let definitions = (file["tools"] ?? file).arrayValue ?? []
    // Hooks run around each sample, whatever else happens; without their tools the file could not be read.
    let hooks = ["setup", "reset"].flatMap { object[$0]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue }
    var kept: [JSONValue] = []
    var leftOut = object["left_out"]?.arrayValue ?? []
    for (definition, probe) in zip(definitions, probes) {
      let marked = marked(definition, probe)
      if case .fails(let reason) = probe.standing, !keepsFailing, !hooks.contains(probe.tool) {
        leftOut.append(["name": .string(probe.tool), "reason": .string(reason), "definition": marked])
      } else {
        kept.append(marked)
      }
    }
    object["tools"] = .array(kept)
    object["left_out"] = leftOut.isEmpty ? nil : .array(leftOut)
    return .object(object)
  }

  private static func marked(_ definition: JSONValue, _ probe: ToolProbe) -> JSONValue {
    guard var object = definition.objectValue else { return definition }
    let written = (object["examples"] ?? object["function"]?["examples"])?.arrayValue ?? []
    // What worked comes first: whoever takes the first examples takes those.
    let others = written.filter { !probe.working.contains($0) }
    let examples = probe.working + others.filter { !probe.failing.contains($0) } + others.filter(probe.failing.contains)
    if !examples.isEmpty { object["examples"] = .array(examples) }
    object["probe"] = probe.json
    return .object(object)
  }
}
