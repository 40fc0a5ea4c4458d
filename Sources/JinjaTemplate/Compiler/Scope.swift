/// What the compiler knows about where it stands: Jinja's `Frame`.
struct Scope {
  let symbols: Symbols
  /// Whether what is set here is seen by blocks.
  var isTop = false
  /// Whether an unknown filter fails only when it is used, as within conditions.
  var isSoft = false
  /// Whether `break` and `continue` have a loop to act on.
  var isInLoop = false
  /// How text is escaped here.
  var escaping = Escaping.none

  var space: SlotSpace { symbols.space }
  var layout: SlotSpace.Layout { symbols.space.layout }

  /// A scope within, that keeps its variables with this one's.
  func inner() -> Scope {
    Scope(symbols: Symbols(parent: symbols, space: space), isSoft: false, isInLoop: isInLoop, escaping: escaping)
  }

  /// A scope within, whose variables are new at each call.
  func function() -> Scope {
    let space = SlotSpace(SlotSpace.Layout(parent: layout))
    return Scope(symbols: Symbols(parent: symbols, space: space), isInLoop: false, escaping: escaping)
  }

  func soft() -> Scope {
    var scope = self
    scope.isSoft = true
    return scope
  }
}

/// Whether what is written is escaped for HTML.
enum Escaping {
  case none
  case html
  /// Known only when the template runs.
  case dynamic
}

/// Where a variable is kept, as seen from some function.
enum Variable: Sendable {
  case local(Int)
  /// In a function so many levels further out.
  case outer(hops: Int, slot: Int)
  /// Not in any function: what the context has under the name with this number.
  case context(Int)
}

/// What a scope's variables hold at its begin.
struct Entry: Sendable {
  enum Source: Sendable {
    case context(Int)
    case local(Int)
    case outer(hops: Int, slot: Int)
    case missing
  }

  private let loads: ContiguousArray<(slot: Int, source: Source)>

  init(_ loads: [(slot: Int, source: Source)]) { self.loads = ContiguousArray(loads) }

  var isEmpty: Bool { loads.isEmpty }

  @inline(__always)
  func perform(_ machine: inout Machine) {
    if !loads.isEmpty { performAll(&machine) }
  }

  @inline(never)
  private func performAll(_ machine: inout Machine) {
    for (slot, source) in loads {
      switch source {
      case .context(let number): machine.slots[slot] = machine.resolve(number)
      case .local(let other): machine.slots[slot] = machine.slots[other]
      case .outer(let hops, let other): machine.slots[slot] = machine.outerSlots(hops)[other]
      case .missing: machine.slots[slot] = .missing
      }
    }
  }
}

extension Machine {
  /// The variables of a function further out.
  func outerSlots(_ hops: Int) -> UnsafeMutablePointer<Value> {
    var place = frame
    for _ in 0..<hops {
      guard let parent = place.parent else { break }
      place = parent
    }
    return place.slots
  }
}
