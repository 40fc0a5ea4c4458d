import Synchronization

/// The most that the calls of a workspace may take together.
public enum Budget: Hashable, Sendable {
  case tokens(Int)
  /// US dollars, by these prices.
  case dollars(Double, Pricing)

  func allows(_ usage: TokenUsage) -> Bool {
    switch self {
    case .tokens(let most): usage.prompt + usage.completion <= most
    case .dollars(let most, let pricing): pricing.cost(of: usage) <= most
    }
  }
}

/// Thrown where the next call could pass the budget. Everything finished is kept.
public struct BudgetReached: Error, Hashable, Sendable {}

/// Keeps the spending below the budget: a call is reserved at the most that it can take, and settled at what it took.
///
/// It starts from what the workspace has spent already, so that a run in several parts has one budget.
final class SpendingLedger: Sendable {
  private let budget: Budget?
  private let state: Mutex<(spent: TokenUsage, reserved: TokenUsage)>

  init(budget: Budget?, spent: TokenUsage) {
    self.budget = budget
    state = Mutex((spent, TokenUsage()))
  }

  /// - Throws: `BudgetReached` where the call might pass the budget.
  func reserve(_ most: TokenUsage) throws(BudgetReached) {
    let isAllowed = state.withLock { state in
      guard budget?.allows(state.spent + state.reserved + most) ?? true else { return false }
      state.reserved = state.reserved + most
      return true
    }
    if !isAllowed { throw BudgetReached() }
  }

  /// Ends a reservation; `actual` is zero where the call failed.
  func settle(reserved: TokenUsage, actual: TokenUsage) {
    state.withLock { state in
      state.reserved.prompt -= reserved.prompt
      state.reserved.completion -= reserved.completion
      state.spent = state.spent + actual
    }
  }
}
