/// Where a value stands, for errors. It is made for every container and asked for almost never, so it is only a link.
struct CodingPlace {
  enum Step {
    case none
    case index(Int)
    case key(any CodingKey)
  }

  let parent: Link?
  let step: Step

  /// A place that others hang below.
  final class Link {
    let place: CodingPlace
    init(_ place: CodingPlace) { self.place = place }
  }

  /// From the root to here.
  var path: [any CodingKey] {
    let above = parent?.place.path ?? []
    return switch step {
    case .none: above
    case .index(let index): above + [AnyCodingKey(intValue: index)]
    case .key(let key): above + [key]
    }
  }
}
