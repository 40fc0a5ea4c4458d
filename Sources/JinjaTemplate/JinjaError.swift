/// Why a template could not be compiled or rendered, in the words of Jinja and Python, with the place and what to do.
public struct JinjaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What would have been raised: named as in Python, and `limit` for what Python would have run into the ground.
  public enum Kind: String, Hashable, Sendable {
    /// The text is no Jinja.
    case syntax = "TemplateSyntaxError"
    /// The text is Jinja that cannot mean anything, such as an unknown filter.
    case assertion = "TemplateAssertionError"
    /// The template called `raise_exception`.
    case raised = "TemplateError"
    /// What Jinja itself refuses while a template runs.
    case runtime = "TemplateRuntimeError"
    /// A variable, attribute or element that is not there was used.
    case undefined = "UndefinedError"
    /// What the sandbox does not let a template have.
    case security = "SecurityError"
    /// A filter was given arguments that make no sense.
    case filterArgument = "FilterArgumentError"
    /// Python's `TypeError`.
    case type = "TypeError"
    /// Python's `ValueError`.
    case value = "ValueError"
    /// Python's `KeyError`.
    case key = "KeyError"
    /// Python's `IndexError`.
    case index = "IndexError"
    /// Python's `AttributeError`.
    case attribute = "AttributeError"
    /// Python's `OverflowError`.
    case overflow = "OverflowError"
    /// Python's `ZeroDivisionError`.
    case zeroDivision = "ZeroDivisionError"
    /// Something is nested or calls itself too deeply.
    case recursion = "RecursionError"
    /// One of `RenderLimits` was reached.
    case limit = "LimitError"
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What is wrong, as Jinja or Python words it.
  public let message: String
  /// The name that the template was given.
  public let template: String
  /// The line in the template, from 1.
  public let line: Int
  /// The column in that line, in code points, from 1.
  public let column: Int

  /// Takes all parts.
  public init(kind: Kind, message: String, template: String, line: Int, column: Int) {
    self.kind = kind
    self.message = message
    self.template = template
    self.line = line
    self.column = column
  }

  /// What can be done about it.
  public var advice: String {
    switch kind {
    case .syntax, .assertion: "correct the template at this place"
    case .raised: "the template refuses this conversation: give it the messages that it asks for"
    case .undefined: "give the template what it reads here, or let it test 'is defined' first"
    case .security: "a template may not reach this: rewrite it without"
    case .recursion: "nest less deeply"
    case .limit: "stop the loop or shorten the values, or raise RenderLimits if the template can be trusted"
    default: "give the template values of the kind that it works on here, or correct it"
    }
  }

  /// `template:line:column: Kind: message (advice)`.
  public var description: String { "\(template):\(line):\(column): \(kind.rawValue): \(message) (\(advice))" }
}
