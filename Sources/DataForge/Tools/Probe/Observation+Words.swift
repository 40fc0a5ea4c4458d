import OrderedJSON

extension Observation {
  /// Why a call got no answer, on one line: `HTTP status 404: no such city`.
  var failureWords: String {
    if status == .emptyAnswer { return "it answered with nothing" }
    var said = message
    if said.isEmpty, output != .null { said = output.stringValue ?? output.serialized() }
    let line = said.split(whereSeparator: \.isNewline).first.map { ": \($0.prefix(200))" } ?? ""
    let code = exitCode.flatMap { $0 != 0 ? "exit code \($0)" : nil }
    return (httpStatus.flatMap { $0 >= 400 ? "HTTP status \($0)" : nil } ?? code ?? status.rawValue) + line
  }
}
