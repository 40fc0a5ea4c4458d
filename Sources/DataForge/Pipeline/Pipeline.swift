import OrderedJSON

/// The six stages in order: a folder of documents becomes a dataset.
///
/// extract and chunk go document by document, generate and validate chunk by chunk, filter sees the whole corpus in
/// order, and export writes the files. Everything is committed to the workspace as it is done.
public struct Pipeline: Sendable {
  public var recipe: Recipe
  public var backend: any Backend
  /// What counts tokens for chunks and for the cost.
  public var counter: any TokenCounter
  public var workspace: Workspace
  /// Who reads the files.
  public var reader: any DocumentReader
  public var settings: Settings
  public var listener: any ProgressListener
  public var interrupt: Interrupt

  /// What decides how a run goes, but not what comes out of it.
  public struct Settings: Sendable {
    /// How many documents are read at once.
    public var jobs: Int
    public var budget: Budget?
    /// The last stage to run.
    public var through: StageName
    /// Only estimate what `generate` would cost.
    public var dryRun: Bool
    /// The command as the user typed it, for the record.
    public var command: String
    /// Tried on files that are encrypted. Not on record.
    public var passwords: [String] = []

    public init(
      jobs: Int = 2, budget: Budget? = nil, through: StageName = .export, dryRun: Bool = false, command: String = ""
    ) {
      self.jobs = jobs
      self.budget = budget
      self.through = through
      self.dryRun = dryRun
      self.command = command
    }
  }

  public init(
    recipe: Recipe, backend: any Backend, counter: any TokenCounter = TokenEstimator(), workspace: Workspace,
    reader: any DocumentReader = InProcessReader(), settings: Settings = Settings(),
    listener: any ProgressListener = SilentProgress(),
    interrupt: Interrupt = Interrupt()
  ) {
    self.recipe = recipe
    self.backend = backend
    self.counter = counter
    self.workspace = workspace
    self.reader = reader
    self.settings = settings
    self.listener = listener
    self.interrupt = interrupt
  }

  /// Runs over these files.
  /// - Parameter rejected: what was dropped while the files were looked up.
  /// - Throws: `WorkspaceError`, `BackendError`, `FileError` where the run cannot go on; `Interrupted` where it was
  ///   asked to stop. Whatever was finished is kept, and the same call goes on from there.
  public func run(_ files: [SourceFile], rejected: [Rejection]) async throws -> RunSummary {
    let lineages = try await self.lineages()
    let run = try await workspace.beginRun(
      files: files, rejected: rejected, lineages: lineages, command: settings.command, recipe: try recipe.json())
    do {
      let summary = try await stages(files, lineages)
      try await workspace.endRun(run, summary.end)
      return summary
    } catch {
      // The first error is what the user must see; a full disk may refuse this note as well.
      try? await workspace.endRun(run, error is Interrupted ? .interrupted : .failed)
      throw error
    }
  }

  private func stages(_ files: [SourceFile], _ lineages: RunLineages) async throws -> RunSummary {
    let stages = Stages(self)
    var summary = RunSummary()
    try await extractAndChunk(files, stages, lineages)
    if settings.dryRun {
      summary.estimate = try await CostEstimate(of: self, stages.generate, lineages)
    } else if settings.through >= .generate {
      summary.end = try await generateAndValidate(stages, lineages)
    }
    if !settings.dryRun, settings.through >= .filter { try await filter(lineages) }
    if !settings.dryRun, settings.through >= .export {
      summary.written = try await export(lineages)
    }
    summary.counts = try await workspace.counts(lineages)
    return summary
  }

  /// The stages of this run as values.
  struct Stages: Sendable {
    let extract: ExtractStage
    let chunk: ChunkStage
    let generate: GenerateStage
    let validate: ValidateStage

    init(_ pipeline: Pipeline) {
      extract = ExtractStage(
        options: pipeline.recipe.extract, passwords: pipeline.settings.passwords, reader: pipeline.reader)
      chunk = ChunkStage(options: pipeline.recipe.chunk, counter: pipeline.counter)
      generate = GenerateStage(
        task: QuestionAnswerTask(), backend: pipeline.backend, options: pipeline.recipe.generate)
      validate = ValidateStage(options: pipeline.recipe.validate)
    }
  }

  private func lineages() async throws -> RunLineages {
    let stages = Stages(self)
    let extract = try await workspace.lineage(of: .extract, parameters: stages.extract.parameters, after: nil)
    let chunk = try await workspace.lineage(of: .chunk, parameters: stages.chunk.parameters, after: extract)
    let generate = try await workspace.lineage(of: .generate, parameters: stages.generate.parameters, after: chunk)
    let validate = try await workspace.lineage(of: .validate, parameters: stages.validate.parameters, after: generate)
    let filter = try await workspace.lineage(
      of: .filter, parameters: try JSONValueEncoder().encode(recipe.filter), after: validate)
    return RunLineages(extract: extract, chunk: chunk, generate: generate, validate: validate, filter: filter)
  }
}
