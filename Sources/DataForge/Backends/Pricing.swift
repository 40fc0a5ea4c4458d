/// What tokens cost, in US dollars per million.
public struct Pricing: Codable, Hashable, Sendable {
  public var input: Double
  public var output: Double

  public init(input: Double, output: Double) {
    self.input = input
    self.output = output
  }

  /// In US dollars.
  public func cost(of usage: TokenUsage) -> Double {
    (Double(usage.prompt) * input + Double(usage.completion) * output) / 1_000_000
  }
}
