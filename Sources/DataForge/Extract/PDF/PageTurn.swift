/// How a line of text is turned on its page.
enum PageTurn: UInt8, CaseIterable {
  case upright
  /// Its letters follow each other downwards: turned clockwise, or upright letters below each other as in Chinese and
  /// Japanese. Its lines follow each other leftwards.
  case downwards
  /// Its letters follow each other upwards, its lines rightwards.
  case upwards
  /// Upright text that runs from right to left, on a page seen in a mirror: its columns, indents and line ends are then
  /// where those of other text are.
  case mirrored
}

/// The way back from a turned page, on which the text stands upright, to the page as it is shown.
struct TurnedPage {
  var turn: PageTurn
  /// Of the page as it is shown.
  var width: Float
  var height: Float

  /// The height of the turned page.
  var turnedHeight: Float { turn == .upright || turn == .mirrored ? height : width }

  /// A fragment of the page as it stands on the turned page.
  func turned(_ fragment: Fragment) -> Fragment {
    var result = fragment
    switch turn {
    case .upright: break
    case .downwards:
      (result.x0, result.x1) = (fragment.y0, fragment.y1)
      (result.y0, result.y1) = (width - fragment.x1, width - fragment.x0)
    case .upwards:
      (result.x0, result.x1) = (height - fragment.y1, height - fragment.y0)
      (result.y0, result.y1) = (fragment.x0, fragment.x1)
    case .mirrored: (result.x0, result.x1) = (width - fragment.x1, width - fragment.x0)
    }
    return result
  }

  /// The box on the page as it is shown.
  func shown(x0: Float, y0: Float, x1: Float, y1: Float) -> Box {
    let (left, top, right, bottom) =
      switch turn {
      case .upright: (x0, y0, x1, y1)
      case .downwards: (width - y1, x0, width - y0, x1)
      case .upwards: (y0, height - x1, y1, height - x0)
      case .mirrored: (width - x1, y0, width - x0, y1)
      }
    return Box(x0: Double(left), y0: Double(top), x1: Double(right), y1: Double(bottom))
  }
}
