import OrderedJSON

/// Writes rows as text through a chat template, with what was lost and what the loss may see.
struct ChatExport: Sendable {
  /// A row as text.
  struct Text: Sendable {
    /// In the form in which it was rendered.
    var row: ChatRow
    var chat: RenderedChat
  }

  let renderer: ChatRenderer
  private let faithful: FaithfulRenderer
  private let mask: LossMask
  private let options: RowExport.Options

  init(_ renderer: ChatRenderer, _ options: RowExport.Options) {
    self.renderer = renderer
    self.options = options
    faithful = FaithfulRenderer(renderer)
    mask = LossMask(renderer: renderer, turns: options.turns ?? .assistant)
  }

  private var templateName: String { renderer.template.name }

  /// The row as text.
  func text(of row: ChatRow) throws(RowProblem) -> Text {
    do {
      // What a model's own template makes of a row as it stands is what “lossy” asks for.
      if options.allowLossy, renderer.template.origin == .file {
        return Text(row: row, chat: try renderer.render(row))
      }
      let result = try faithfully(row)
      guard result.losses.isEmpty || options.allowLossy else {
        throw RowProblem(result.losses, template: templateName)
      }
      return Text(row: result.row, chat: result.chat)
    } catch let problem as RowProblem {
      throw problem
    } catch let error as ChatRenderError {
      throw RowProblem(error, template: templateName)
    } catch {
      throw RowProblem("template-error", "\(error)")
    }
  }

  /// Our own templates refuse what they have no place for, unless they are told that it may go.
  private func faithfully(_ row: ChatRow) throws(ChatRenderError) -> FaithfulRenderer.Result {
    do {
      return try faithful.render(row)
    } catch {
      guard options.allowLossy else { throw error }
      var lossy = row
      lossy.arguments["allow_lossy"] = true
      return try faithful.render(lossy)
    }
  }

  /// What the loss may see, in code points.
  func spans(of text: Text) throws(RowProblem) -> [Range<Int>] {
    do {
      return try mask.spans(of: text.row, in: text.chat)
    } catch {
      throw RowProblem("no-mask", error.reason)
    }
  }

  /// A row of the `text` format: `text`, and `assistant_spans` where the template marks them or turns were asked for.
  func textRow(_ row: JSONObject) throws(RowProblem) -> JSONObject {
    let text = try text(of: Self.chatRow(row))
    var result: JSONObject = [:]
    if let id = row["id"], !id.isNull { result["id"] = id }
    result["text"] = .string(text.chat.text)
    let spans =
      options.turns == nil && !Self.speaksOfTraining(text.row.messages)
      ? text.chat.assistantSpans : try spans(of: text)
    if let spans {
      result["assistant_spans"] = .array(spans.map { [.integer($0.lowerBound), .integer($0.upperBound)] })
    }
    if let source = row["source"], !source.isNull { result["source"] = source }
    return result
  }

  static func chatRow(_ row: JSONObject) throws(RowProblem) -> ChatRow {
    do {
      return try ChatRow(row)
    } catch {
      throw RowProblem(error)
    }
  }

  /// Whether a message says itself whether it is trained on.
  private static func speaksOfTraining(_ messages: [JSONValue]) -> Bool {
    messages.contains { message in ["weight", "train", "training"].contains { message[$0] != nil } }
  }
}
