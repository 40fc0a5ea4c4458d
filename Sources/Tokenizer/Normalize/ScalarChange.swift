/// A scalar of a changed text, and what it stands for in the text before.
struct ScalarChange: Sendable {
  var scalar: UInt32
  /// 0 where it stands for one scalar, -n where it stands for n more that follow, 1 and above where it is new.
  var change: Int
}
