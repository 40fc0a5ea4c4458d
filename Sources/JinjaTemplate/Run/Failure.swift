/// Why rendering stopped; gets its place when it leaves the template.
final class Failure: Error {
  let kind: JinjaError.Kind
  let message: String

  init(_ kind: JinjaError.Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
