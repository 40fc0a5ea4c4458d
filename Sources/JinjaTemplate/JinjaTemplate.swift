import OrderedJSON

/// A chat template, compiled once and rendered as often as wanted, from any thread.
///
/// The language is Jinja 3.1 as `transformers` 5.x sets it up for chat templates: sandboxed, with `trim_blocks`,
/// `lstrip_blocks`, loop controls, `{% generation %}`, `raise_exception`, `strftime_now` and its own `tojson`, with
/// Python's semantics wherever they show. Templates are untrusted: they reach no file, process or network, see no
/// private attribute, and stop at `RenderLimits`. What needs another template (`include`, `extends`, `import`), chance
/// (`random`, `lipsum`) or an address in memory fails or differs, since nothing of it can be reproduced.
///
/// Source: <https://jinja.palletsprojects.com/en/stable/templates/> and `transformers.utils.chat_template_utils`.
public struct JinjaTemplate: Sendable {
  /// The name that errors give.
  public let name: String
  /// Whether a `{% generation %}` block stands in the template, so that rendering tells what a model wrote.
  public let hasGeneration: Bool
  /// The names of all variables, attributes and methods that the template uses, and all its string constants.
  public let mentions: Set<String>
  /// The template as it was given.
  public let source: String
  private let program: Program
  /// How many bytes a template may have; the longest that are known have a tenth of that.
  private static let longestSource = 256 << 10
  private let map: SourceMap

  /// Compiles a template.
  /// - Throws: `JinjaError` with the place of what is wrong with the text.
  public init(_ source: String, name: String = "template") throws(JinjaError) {
    guard source.utf8.count <= Self.longestSource else {
      throw JinjaError(
        kind: .limit, message: "the template has more than \(Self.longestSource) bytes", template: name, line: 1,
        column: 1)
    }
    var lexer = Lexer(source)
    let map = SourceMap(lexer.source)
    do throws(SyntaxFailure) {
      var parser = Parser(try lexer.tokenize())
      let statements = try parser.parse()
      var mentioned = Mentions()
      mentioned.visit(statements)
      program = try Compiler.compile(statements, lineOf: map.line)
      mentions = mentioned.names
      hasGeneration = mentioned.hasGeneration
    } catch {
      throw map.error(error.kind, error.message, at: error.at, in: name)
    }
    self.name = name
    self.source = source
    self.map = map
  }

  /// Whether the template uses a variable, attribute or method of this name, or holds it as a string constant
  /// (`message['reasoning_content']`, `'tool_calls' in message`).
  public func mentions(_ name: String) -> Bool { mentions.contains(name) }

  /// Renders the template.
  /// - Parameter context: the variables, under their names; `transformers` passes `messages`, `tools`, `documents`,
  ///   `add_generation_prompt` and the special tokens.
  /// - Parameter limits: what the template may use up.
  /// - Parameter clock: what `strftime_now` tells.
  /// - Throws: `JinjaError` with the place, wherever Python would raise, and where a limit is reached.
  public func render(
    _ context: JSONObject, limits: RenderLimits = .default, clock: TemplateClock = .now
  ) throws(JinjaError) -> Rendered {
    var machine = Machine(program, context: context, limits: limits, clock: clock)
    do throws(Failure) {
      program.root.entry.perform(&machine)
      _ = try program.root.body.execute(&machine)
      if machine.output.isOverfull { throw machine.exhausted() }
      return Rendered(text: machine.output.text(from: 0), generationSpans: machine.generationSpans)
    } catch {
      throw map.error(error.kind, error.message, at: machine.position, in: name)
    }
  }
}
