/// The prompts that we wrote, as they travel inside the binary.
public enum Prompts {
  /// Questions, rationales, answers and quotes about one passage.
  public static var questionAnswer: String { String(decoding: PackageResources.question_answer_md, as: UTF8.self) }
}
