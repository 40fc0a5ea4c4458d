import OrderedJSON

/// Renders rows and reads every text back, so that what a template swallowed or bent is known.
public struct FaithfulRenderer: Sendable {
  /// A rendered row with what it lost.
  public struct Result: Sendable {
    /// The row in the form in which it was rendered.
    public var row: ChatRow
    public var chat: RenderedChat
    /// What the text does not say though the row does; empty where all survived.
    public var losses: [Loss]
  }

  public let renderer: ChatRenderer
  private let parseBack: ParseBack

  public init(_ renderer: ChatRenderer) {
    self.renderer = renderer
    parseBack = ParseBack(dialect: renderer.template.dialect, takesTools: renderer.template.takesTools)
  }

  /// Renders the row as it stands; where that fails or loses something, in the form that loses nothing, if there is one.
  /// - Throws: `ChatRenderError` where the row can be rendered in no form.
  public func render(_ row: ChatRow) throws(ChatRenderError) -> Result {
    let first = attempt(row)
    if case .success(let result) = first, result.losses.isEmpty { return result }
    for form in RenderingForm.allCases {
      guard let other = form.applied(to: row) else { continue }
      if case .success(let result) = attempt(other), result.losses.isEmpty { return result }
    }
    return try first.get()
  }

  private func attempt(_ row: ChatRow) -> Swift.Result<Result, ChatRenderError> {
    Swift.Result { () throws(ChatRenderError) in
      let chat = try renderer.render(row)
      let losses = parseBack.losses(messages: row.messages, tools: row.tools, text: chat.text)
      return Result(row: row, chat: chat, losses: losses)
    }
  }
}
