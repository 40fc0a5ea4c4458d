/// The chat templates that we wrote, as they travel inside the binary.
public enum ChatTemplateSources {
  /// Their names in order, each with what is known of its models: a JSON object.
  public static var catalog: String { text(PackageResources.presets_json) }

  /// A template's Jinja text by the name that the catalog gives it.
  public static func source(of name: String) -> String? { sources[name].map(text) }

  private static let sources: [String: [UInt8]] = [
    "agents-course": PackageResources.agents_course_jinja,
    "alpaca": PackageResources.alpaca_jinja,
    "chatml": PackageResources.chatml_jinja,
    "deepseek-v3": PackageResources.deepseek_v3_jinja,
    "functiongemma": PackageResources.functiongemma_jinja,
    "gemma": PackageResources.gemma_jinja,
    "gpt-oss": PackageResources.gpt_oss_jinja,
    "hermes": PackageResources.hermes_jinja,
    "llama3.1": PackageResources.llama3_1_jinja,
    "mistral-v3": PackageResources.mistral_v3_jinja,
    "phi-4": PackageResources.phi_4_jinja,
    "qwen2.5": PackageResources.qwen2_5_jinja,
    "qwen3": PackageResources.qwen3_jinja,
    "zephyr": PackageResources.zephyr_jinja,
  ]

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
