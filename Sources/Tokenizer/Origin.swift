/// Where a byte of a changed text comes from: a range of bytes of the text that was given.
struct Origin: Sendable {
  var start: Int
  var end: Int
}
