/// The parts of a dataset.
public enum Split: String, Codable, Sendable, CaseIterable {
  case train, validation, test
}
