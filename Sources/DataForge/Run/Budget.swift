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
actor SpendingLedger {
  private let budget: Budget?
  private var spent: TokenUsage
  private var reserved = TokenUsage()
  private var open = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(budget: Budget?, spent: TokenUsage) {
    self.budget = budget
    self.spent = spent
  }

  /// Waits while calls under way hold room that they may give back.
  /// - Throws: `BudgetReached` where the call might pass the budget even so.
  func reserve(_ most: TokenUsage) async throws(BudgetReached) {
    while let budget, !budget.allows(spent + reserved + most) {
      guard open > 0 else { throw BudgetReached() }
      await withCheckedContinuation { waiting.append($0) }
    }
    reserved = reserved + most
    open += 1
  }

  /// Ends a reservation; `actual` is zero where the call failed.
  func settle(reserved most: TokenUsage, actual: TokenUsage) {
    reserved.prompt -= most.prompt
    reserved.completion -= most.completion
    open -= 1
    spent = spent + actual
    let all = waiting
    waiting = []
    for continuation in all { continuation.resume() }
  }
}
