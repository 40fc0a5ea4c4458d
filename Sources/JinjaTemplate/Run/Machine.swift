import OrderedJSON

/// All that one rendering holds: the text so far, the variables, and what is left of the limits.
struct Machine: ~Copyable {
  var output: OutputBuffer
  /// The variables of what runs now.
  var frame: Frame
  var slots: UnsafeMutablePointer<Value>
  /// What the context or Jinja's globals hold under each name that the template reads.
  let resolved: UnsafeMutablePointer<Value>
  private let resolvedCount: Int
  let program: Program
  let clock: TemplateClock
  let limits: RenderLimits

  /// Where in the source the last step that can fail stands.
  var position = 0
  /// Whether the surrounding `autoescape` block asks for HTML.
  var autoescape = false
  /// Where the outermost captured text begins; below zero while nothing is captured.
  var captureStart = -1
  var generationSpans: [Range<Int>] = []
  /// What the template's top level has set, for blocks; by the number of the name.
  var exports: [Int: Value] = [:]
  /// What a scoped block sees beyond that.
  var overrides: [Int: Value] = [:]

  private var stepsLeft: Int
  private var bytesLeft: Int
  private var callsLeft: Int
  private let stackFloor: UInt
  private var countedBytes = 0
  private var countedPoints = 0
  private var namespaces: ContiguousArray<NamespaceValue> = []
  private var capturedFrames: ContiguousArray<Frame> = []

  init(_ program: Program, context: JSONObject, limits: RenderLimits, clock: TemplateClock) {
    self.program = program
    self.limits = limits
    self.clock = clock
    output = OutputBuffer(capacity: min(4096, max(limits.outputBytes, 64)), limit: limits.outputBytes)
    frame = Frame(count: program.root.slotCount, parent: nil)
    slots = frame.slots
    stepsLeft = limits.steps
    bytesLeft = limits.builtBytes
    callsLeft = limits.callDepth
    stackFloor = StackPointer.now() &- UInt(clamping: limits.stackBytes)
    resolvedCount = program.names.count
    resolved = .allocate(capacity: max(resolvedCount, 1))
    for (number, name) in program.names.enumerated() {
      let value = context[name].map { Value($0) } ?? program.globals[number] ?? .missing
      (resolved + number).initialize(to: value)
    }
  }

  deinit {
    resolved.deinitialize(count: resolvedCount)
    resolved.deallocate()
    for namespace in namespaces { namespace.clear() }
    for frame in capturedFrames { frame.clear() }
  }
}

// MARK: limits

extension Machine {
  /// Counts steps.
  @inline(__always)
  mutating func step(_ count: Int = 1) throws(Failure) {
    stepsLeft = count > stepsLeft ? -1 : stepsLeft &- count
    if stepsLeft < 0 || output.isOverfull { throw exhausted() }
  }

  @inline(never)
  func exhausted() -> Failure {
    if output.isOverfull {
      return Failure(.limit, "the template wrote more than \(limits.outputBytes) bytes")
    }
    return Failure(.limit, "the template took more than \(limits.steps) steps")
  }

  /// Counts the bytes of a value that is about to be built.
  @inline(__always)
  mutating func build(bytes: Int) throws(Failure) {
    bytesLeft &-= bytes
    if bytesLeft < 0 || bytes > limits.stringBytes { throw tooMuchBuilt(bytes) }
  }

  /// Counts the elements of a list that is about to be built.
  mutating func build(elements: Int) throws(Failure) {
    let (bytes, overflow) = elements.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    try build(bytes: overflow ? Int.max : bytes)
  }

  @inline(never)
  private func tooMuchBuilt(_ bytes: Int) -> Failure {
    if bytes > limits.stringBytes {
      return Failure(.limit, "the template built a value of more than \(limits.stringBytes) bytes")
    }
    return Failure(.limit, "the template built values of more than \(limits.builtBytes) bytes")
  }

  /// Enters a call; fails where calls are nested too deeply or the stack runs out.
  mutating func enter() throws(Failure) {
    try step()
    callsLeft -= 1
    if callsLeft < 0 || StackPointer.now() < stackFloor {
      throw Failure(.recursion, "maximum recursion depth exceeded")
    }
  }

  mutating func leave() { callsLeft += 1 }

  /// Fails where the stack runs out.
  func checkStack() throws(Failure) {
    if StackPointer.now() < stackFloor { throw Failure(.recursion, "maximum recursion depth exceeded") }
  }
}

// MARK: variables

extension Machine {
  /// Notes a namespace that is to be emptied in the end.
  mutating func own(_ namespace: NamespaceValue) { namespaces.append(namespace) }

  /// The variables of what runs now, for a macro that will read them later.
  mutating func captureFrame() throws(Failure) -> Frame {
    if capturedFrames.last !== frame {
      try build(bytes: frame.byteCount)
      capturedFrames.append(frame)
    }
    return frame
  }

  /// What a name means outside of every local variable.
  func resolve(_ number: Int) -> Value {
    if !overrides.isEmpty, let value = overrides[number] { return value }
    if !exports.isEmpty, let value = exports[number] { return value }
    return resolved[number]
  }
}

// MARK: captured text

extension Machine {
  /// Starts to capture what is written; returns what `endCapture` wants.
  @inline(__always)
  mutating func beginCapture() -> Capture {
    let capture = Capture(mark: output.count, outer: captureStart)
    if captureStart < 0 { captureStart = output.count }
    return capture
  }

  /// Ends to capture without taking the text.
  @inline(__always)
  mutating func endCapture(_ capture: Capture) { captureStart = capture.outer }

  /// Ends to capture and takes the text.
  mutating func takeCapture(_ capture: Capture) throws(Failure) -> String {
    captureStart = capture.outer
    try build(bytes: output.count - capture.mark)
    return output.take(from: capture.mark)
  }

  /// Notes a generation block whose text stands from a mark on.
  mutating func noteGeneration(from mark: Int) {
    let outer = captureStart < 0 ? mark : min(captureStart, mark)
    if outer < countedBytes {
      countedBytes = 0
      countedPoints = 0
    }
    countedPoints += output.codePoints(from: countedBytes, to: outer)
    countedBytes = outer
    let length = output.codePoints(from: mark, to: output.count)
    generationSpans.append(countedPoints..<(countedPoints + length))
  }
}

/// Where captured text begins.
struct Capture {
  let mark: Int
  let outer: Int
}

/// The stack pointer, roughly.
enum StackPointer {
  @inline(never)
  static func now() -> UInt {
    var place: UInt8 = 0
    return withUnsafeMutablePointer(to: &place) { UInt(bitPattern: $0) }
  }
}
