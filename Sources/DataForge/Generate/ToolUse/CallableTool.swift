import OrderedJSON

/// A tool that may be called, with arguments to call it with.
struct CallableTool: Sendable {
  var tool: Tool
  var arguments: [JSONValue]
  var sampler: ArgumentSampler

  /// The check of tools that are left out as long as the user does not allow writes.
  static let mayWrite = "may-write"

  /// The tools of a file that conversations may call, and why the others may not.
  static func all(
    of registry: ToolRegistry, _ executors: ToolExecutors, _ options: ToolUseOptions
  ) -> (callable: [CallableTool], rejected: [Rejection]) {
    var callable: [CallableTool] = []
    var rejected: [Rejection] = []
    let hooks = Set((registry.setup + registry.reset).map(\.name))
    let session = executors.session()
    for tool in registry.tools where !hooks.contains(tool.name) {
      switch find(tool, in: registry, canExecute: session.canExecute(tool.name), options) {
      case .success(let found): callable.append(found)
      case .failure(let rejection): rejected.append(rejection)
      }
    }
    return (callable, rejected)
  }

  private static func find(
    _ tool: Tool, in registry: ToolRegistry, canExecute: Bool, _ options: ToolUseOptions
  ) -> Result<CallableTool, Rejection> {
    func no(_ check: String, _ reason: String) -> Result<CallableTool, Rejection> {
      .failure(Rejection(stage: .generate, check: check, reason: reason, id: tool.name))
    }
    guard canExecute else { return no("no-execution", "the tools file does not say how \(tool.name) is executed") }
    guard tool.isReadOnly || options.allowsWrites else {
      return no(mayWrite, "\(tool.name) may change something; --allow-writes calls it")
    }
    guard let sampler = try? ArgumentSampler(tool, paths: registry.knownPaths(of: tool)) else {
      return no("no-arguments", "the parameters of \(tool.name) are no schema")
    }
    let arguments = sampler.arguments(count: max(options.perTool, 2), seed: options.seed)
    guard !arguments.isEmpty else {
      return no("no-arguments", "no arguments for \(tool.name) were found; give it some under \"examples\"")
    }
    return .success(CallableTool(tool: tool, arguments: arguments, sampler: sampler))
  }
}
