import ArgumentParser
import DataForge

/// Makes tools of an API's description.
struct ToolsImportOpenAPICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openapi",
    abstract: "Make tools of an API’s description: Swagger 2.0, OpenAPI 3.0 or 3.1, JSON or YAML.",
    discussion: """
      Examples:
        forge tools import openapi petstore.yaml -o tools.json
        forge tools import openapi http://127.0.0.1:8801/openapi.json --allow-writes
        forge tools import openapi api.json --include 'GET /pets*' --exclude admin

      Only GET and HEAD become tools, unless --allow-writes is given. Secrets are never
      written: the file names the environment variables that hold them.
      """)

  @Argument(help: "The description: a file or a URL.")
  var source: String

  @Option(name: .shortAndLong, help: "The tools file; - is stdout.")
  var output = "-"

  @Option(
    name: .customLong("base-url"),
    help: "Where the API is, instead of where the description says; without a path, the description’s path stays.")
  var baseURL: String?

  @Option(help: "Only operations whose name, path, METHOD path or tag fits (* and ?); may be repeated.")
  var include: [String] = []

  @Option(help: "No operation whose name, path, METHOD path or tag fits (* and ?); may be repeated.")
  var exclude: [String] = []

  @Flag(help: "Take also operations that may change things (POST, PUT, PATCH, DELETE).")
  var allowWrites = false

  @Option(help: "SCHEME=VARIABLE: the environment variable that holds a security scheme’s secret; may be repeated.")
  var secret: [String] = []

  @Option(help: "The folder that files it refers to must stay below (default: the description’s own).")
  var root: String?

  @OptionGroup var allowHost: AllowHostOption
  @OptionGroup var display: DisplayOptions

  func run() async throws {
    let options = OpenAPIImport.Options(
      baseURL: baseURL, filter: OperationFilter(include: include, exclude: exclude, allowsWrites: allowWrites),
      allowedHosts: try allowHost.checked(), secrets: try secrets(), root: root)
    try ImportReport(display: display, output: output).finish(try await OpenAPIImport.run(source, options: options))
  }

  private func secrets() throws -> [String: String] {
    var secrets: [String: String] = [:]
    for entry in secret {
      let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw UsageError("--secret \(entry): write SCHEME=VARIABLE, for example apiKey=PETSTORE_KEY")
      }
      secrets[parts[0]] = parts[1]
    }
    return secrets
  }
}
