import OrderedJSON
import Testing

@Suite(.enabled(if: SchemaSuite.folder != nil, "no conformance data beside the checkout"))
struct JSONSchemaSuiteTests {
  /// Runs a folder of the suite; gives how many tests ran and names those that went wrong.
  private func run(_ path: String, assertFormats: Bool = false) throws -> (count: Int, failures: [String]) {
    let remotes = try SchemaSuite.remotes()
    var count = 0
    var failures: [String] = []
    for group in try SchemaSuite.groups(in: path) {
      let name = "\(group.file): \(group.description)"
      count += group.tests.count
      do {
        let schema = try JSONSchema(group.schema, resources: remotes, assertFormats: assertFormats)
        for test in group.tests {
          let accepted = schema.accepts(test.data)
          let violations = schema.violations(in: test.data)
          if accepted != test.valid { failures.append("\(name): \(test.description)") }
          if violations.isEmpty != accepted { failures.append("\(name): \(test.description): \(violations)") }
        }
      } catch {
        failures.append("\(name): \(error)")
      }
    }
    return (count, failures)
  }

  @Test func passesEveryRequiredTest() throws {
    let (count, failures) = try run("tests/draft2020-12")
    #expect(failures == [])
    #expect(count > 0)
  }

  @Test func passesEveryOptionalTest() throws {
    let (count, failures) = try run("tests/draft2020-12/optional")
    #expect(failures == [])
    #expect(count > 0)
  }

  @Test func passesEveryFormatTestWhenFormatsAreAsserted() throws {
    let (count, failures) = try run("tests/draft2020-12/optional/format", assertFormats: true)
    #expect(failures == [])
    #expect(count > 0)
  }
}
