import DataForge
import OrderedJSON

/// What a validation came to: how many rows passed, and why the others did not.
struct VerdictSummary {
  let tally: VerdictTally

  var json: JSONValue {
    let failed = ToolCheckName.allCases.compactMap { name in tally.failed[name].map { (name.rawValue, $0) } }
    var summary: JSONObject = [
      "passed": .integer(tally.passed), "failed": .object(JSONObject(failed.map { ($0, .integer($1)) })),
      "reasons": .array(
        tally.sortedReasons.map { reason, occurrence in
          [
            "check": .string(reason.check.rawValue), "kind": .string(reason.kind.rawValue),
            "count": .integer(occurrence.count), "rows": .array(occurrence.rows.map { .integer($0) }),
          ]
        }),
    ]
    if tally.executed > 0 { summary["executed"] = .integer(tally.executed) }
    if tally.repaired > 0 { summary["repaired"] = .integer(tally.repaired) }
    return .object(summary)
  }

  var text: String {
    let failed = ToolCheckName.allCases.compactMap { name in tally.failed[name].map { "\(name.rawValue) \($0)" } }
    var first = "passed \(tally.passed), failed \(tally.failedTotal)"
    if !failed.isEmpty { first += " (by first check: \(failed.joined(separator: ", ")))" }
    if tally.executed > 0 { first += "; calls made: \(tally.executed)" }
    if tally.repaired > 0 { first += "; rows repaired: \(tally.repaired)" }
    var lines = [first]
    for (reason, occurrence) in tally.sortedReasons {
      let count = String(occurrence.count)
      let rows = occurrence.rows.map(String.init).joined(separator: ", ")
      let more = occurrence.count > occurrence.rows.count ? ", …" : ""
      lines.append(
        "  " + reason.check.rawValue.padding(to: 10) + reason.kind.rawValue.padding(to: 18)
          + String(repeating: " ", count: max(1, 8 - count.count)) + count + "   rows \(rows)\(more)")
    }
    return lines.joined(separator: "\n")
  }
}
