/// The version that `forge --version` shows.
enum Version {
  static let text = "0.1.0"
}
