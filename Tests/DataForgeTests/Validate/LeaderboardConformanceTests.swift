import DataForge
import Foundation
import OrderedJSON
import Testing

/// The Berkeley leaderboard's samples with eleven kinds of mutation, labelled by others.
@Suite struct LeaderboardConformanceTests {
  private static let file = ConformanceFolder.path("function-calls/bfcl_labelled.jsonl.gz")

  @Test(.enabled(if: file != nil, "the conformance data are not there; set FORGE_CONFORMANCE"))
  func schemaVerdictsAgreeWithTheLabels() async throws {
    let rows = try ConformanceFolder.gzippedLines(#require(Self.file))
    let validator = try ToolCallValidator(registry: nil, checks: [.schema])
    var counts: [String: (truePass: Int, falsePass: Int, trueFail: Int, falseFail: Int)] = [:]
    for (index, row) in rows.enumerated() {
      let passed = try await validator.verdict(on: row, number: index + 1).passed
      let mutation = row["mutation"]?.stringValue ?? "?"
      switch (passed, row["structural_valid"] == true) {
      case (true, true): counts[mutation, default: (0, 0, 0, 0)].truePass += 1
      case (true, false): counts[mutation, default: (0, 0, 0, 0)].falsePass += 1
      case (false, false): counts[mutation, default: (0, 0, 0, 0)].trueFail += 1
      case (false, true): counts[mutation, default: (0, 0, 0, 0)].falseFail += 1
      }
    }
    let truePass = counts.values.reduce(0) { $0 + $1.truePass }
    let falsePass = counts.values.reduce(0) { $0 + $1.falsePass }
    let falseFail = counts.values.reduce(0) { $0 + $1.falseFail }
    let precision = Double(truePass) / Double(truePass + falsePass)
    let recall = Double(truePass) / Double(truePass + falseFail)
    print("BFCL: \(rows.count) rows, precision \(precision), recall \(recall)")
    #expect(rows.count > 1_000)
    #expect(precision >= 0.99, "\(counts)")
    #expect(recall >= 0.99, "\(counts)")
  }
}
