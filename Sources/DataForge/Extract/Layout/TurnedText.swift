/// Text of a page that is turned: which fragments belong to it, and which way most of the page stands.
enum TurnedText {
  /// Gives the turn of the text around them to fragments that are too short to show their own: single digits and
  /// letters, in the cells of a turned table above all.
  static func adopt(_ fragments: inout [Fragment], among indices: [Int]) {
    for turn in [PageTurn.downwards, .upwards] {
      let turned = indices.filter { fragments[$0].turn == turn }
      let bands = bands(of: turned.map { fragments[$0] })
      guard !bands.isEmpty else { continue }
      for index in indices where !fragments[index].isSideways && fragments[index].glyphs <= 2 {
        let middle = (fragments[index].x0 + fragments[index].x1) / 2
        // The last band that begins left of it.
        var (low, high) = (0, bands.count)
        while low < high {
          let half = (low + high) / 2
          if bands[half].x0 > middle { high = half } else { low = half + 1 }
        }
        guard low > 0 else { continue }
        let band = bands[low - 1]
        let reach = 3 * fragments[index].size
        if middle < band.x1, fragments[index].y1 > band.y0 - reach, fragments[index].y0 < band.y1 + reach {
          fragments[index].turn = turn
        }
      }
    }
  }

  /// Turns what is upright on a page of Hebrew or Arabic into mirrored text.
  static func mirror(_ fragments: inout [Fragment], among indices: [Int]) {
    var letters = 0
    var rightToLeft = 0
    for index in indices where fragments[index].turn == .upright {
      letters += fragments[index].glyphs
      if fragments[index].isRightToLeft { rightToLeft += fragments[index].glyphs }
    }
    guard rightToLeft * 2 > letters else { return }
    for index in indices where fragments[index].turn == .upright { fragments[index].turn = .mirrored }
  }

  /// The ways in which text stands on a page, that of most letters first.
  static func turns(of fragments: [Fragment], among indices: [Int]) -> [PageTurn] {
    var letters: [PageTurn: Int] = [:]
    for index in indices { letters[fragments[index].turn, default: 0] += fragments[index].glyphs }
    return letters.keys.sorted { (letters[$0] ?? 0, $1.rawValue) > (letters[$1] ?? 0, $0.rawValue) }
  }

  private struct Band {
    var x0: Float
    var y0: Float
    var x1: Float
    var y1: Float
  }

  /// Turned lines that touch, as boxes from left to right that do not overlap.
  private static func bands(of fragments: [Fragment]) -> [Band] {
    var bands: [Band] = []
    for fragment in fragments.sorted(by: { $0.x0 < $1.x0 }) {
      if let last = bands.last, fragment.x0 < last.x1 + 0.2 * fragment.size {
        bands[bands.count - 1] = Band(
          x0: last.x0, y0: min(last.y0, fragment.y0), x1: max(last.x1, fragment.x1), y1: max(last.y1, fragment.y1))
      } else {
        bands.append(Band(x0: fragment.x0, y0: fragment.y0, x1: fragment.x1, y1: fragment.y1))
      }
    }
    return bands
  }
}
