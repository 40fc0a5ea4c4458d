import ArgumentParser
import DataForge
import Foundation
import OrderedJSON

/// Makes a tools file of an MCP server's own list.
struct ToolsImportMCPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Make a tools file of the tools of an MCP server.",
    discussion: """
      Examples:
        forge tools import mcp mcp-server-time -o tools.json
        forge tools import mcp -o tools.json --env API_KEY -- npx --yes some-server
        forge tools import mcp https://mcp.example.org/mcp \\
          --header Authorization=MY_TOKEN -o tools.json

      The server is started (or reached) once, asked for its tools, and ended.
      A program runs in a sandbox: it sees /usr and what its command line names,
      and no network unless --network is given. Put -- before a command that has
      options of its own.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The server's command and its arguments, or its URL.", valueName: "command"))
  var command: [String]

  @Option(name: .shortAndLong, help: "The tools file; - is stdout.")
  var output = "-"

  @Flag(help: "Add the tools to the file that is there; those of a server of the same name are replaced.")
  var append = false

  @Option(help: "The server's name in the tools file (default: what it calls itself).")
  var name: String?

  @Option(help: "An environment variable that the server gets, by its name. Can be repeated.")
  var env: [String] = []

  @Option(help: "HEADER=VARIABLE: a header of every request, filled from an environment variable. Can be repeated.")
  var header: [String] = []

  @Option(help: "A file or folder that the server may read. Can be repeated.")
  var readable: [String] = []

  @Option(help: "A folder that the server sees as /tool.")
  var directory: String?

  @Flag(help: "Let the server use the network.")
  var network = false

  @Flag(help: "Don't lock the server in: it may do whatever you may.")
  var noSandbox = false

  @Flag(help: "Calls leave nothing behind in the server, so samples may share it.")
  var stateless = false

  @Option(help: "Seconds until the server has to be ready (default: 60).")
  var startSeconds: Double?

  @OptionGroup var allowHost: AllowHostOption
  @OptionGroup var display: DisplayOptions

  func run() async throws {
    // `--` parts our options from the server's, and is no word of its command.
    let words = command.first == "--" ? Array(command.dropFirst()) : command
    let options = try options()
    try ImportReport(display: display, output: output).finish(try await MCPImport.run(words, options: options))
  }

  private func options() throws -> MCPImport.Options {
    var options = MCPImport.Options()
    options.name = name
    options.environment = env
    options.readable = readable
    options.directory = directory
    options.network = network
    options.isSandboxed = !noSandbox
    options.isStateless = stateless
    options.startSeconds = startSeconds
    options.allowedHosts = try allowHost.checked()
    options.headers = try header.map { text in
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex, text.last != "=" else {
        throw UsageError("--header \(text): write HEADER=VARIABLE, the name of an environment variable and no value")
      }
      return (String(text[..<sign]), String(text[sign...].dropFirst()))
    }
    if append, let bytes = FileManager.default.contents(atPath: output) {
      do {
        options.existing = try JSONValue(parsing: Array(bytes))
      } catch {
        throw UsageError("\(output) cannot be added to: \(error)")
      }
    }
    return options
  }
}
