import Glibc

/// Tesseract's library, where it is installed: found at run time, so that nobody needs it who reads no scans.
///
/// The library and not the program, because it then works within the process that reads the file: under its limits on
/// memory and time, and without the right to start programs, which a worker does not have.
struct TesseractLibrary: @unchecked Sendable {
  /// What the library is called, newest first.
  private static let names = ["libtesseract.so.5", "libtesseract.so.4", "libtesseract.so"]

  typealias Handle = OpaquePointer
  typealias Text = UnsafePointer<CChar>
  typealias Number = UnsafeMutablePointer<Int32>

  typealias Create = @convention(c) () -> Handle?
  typealias Delete = @convention(c) (Handle) -> Void
  typealias Open = @convention(c) (Handle, Text?, Text) -> Int32
  typealias SetVariable = @convention(c) (Handle, Text, Text) -> Int32
  typealias SetNumber = @convention(c) (Handle, Int32) -> Void
  typealias SetImage = @convention(c) (Handle, UnsafePointer<UInt8>, Int32, Int32, Int32, Int32) -> Void
  typealias SetPicture = @convention(c) (Handle, Handle) -> Void
  typealias Recognize = @convention(c) (Handle, Handle?) -> Int32
  typealias Table = @convention(c) (Handle, Int32) -> UnsafeMutablePointer<CChar>?
  typealias DeleteText = @convention(c) (UnsafeMutablePointer<CChar>) -> Void
  typealias Texts = @convention(c) (Handle) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  typealias DeleteTexts = @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Void
  typealias ReadPicture = @convention(c) (UnsafePointer<UInt8>, Int) -> Handle?
  typealias ReadHeader =
    @convention(c) (UnsafePointer<UInt8>, Int, Number?, Number?, Number?, Number?, Number?, Number?) -> Int32
  typealias ReadTIFF = @convention(c) (UnsafePointer<UInt8>, Int, Int32) -> Handle?
  typealias Resolution = @convention(c) (Handle, Number?, Number?) -> Int32
  typealias DestroyPicture = @convention(c) (UnsafeMutablePointer<Handle?>) -> Void
  typealias SetLevel = @convention(c) (Int32) -> Int32
  typealias SetThreads = @convention(c) (Int32) -> Void

  let create: Create
  let delete: Delete
  let open: Open
  let languages: Texts
  let deleteTexts: DeleteTexts
  let setVariable: SetVariable
  let setMode: SetNumber
  let setImage: SetImage
  let setPicture: SetPicture
  let setResolution: SetNumber
  let recognize: Recognize
  let table: Table
  let deleteText: DeleteText
  let clear: Delete
  let createMonitor: Create
  let setDeadline: SetNumber
  let deleteMonitor: Delete
  /// Leptonica's, which reads pictures for it.
  let readPicture: ReadPicture
  let readHeader: ReadHeader
  let readTIFF: ReadTIFF
  let resolution: Resolution
  let destroyPicture: DestroyPicture
  let setMessageLevel: SetLevel
  /// OpenMP's, by which it shares out its work; a build may be without.
  let setThreads: SetThreads?

  /// The library of this machine; `nil` where there is none.
  static let installed: TesseractLibrary? = {
    for name in names {
      if let library = dlopen(name, RTLD_NOW | RTLD_LOCAL), let found = TesseractLibrary(library) { return found }
    }
    return nil
  }()

  private init?(_ library: UnsafeMutableRawPointer) {
    // The libraries that it was linked with are searched as well.
    func find<Function>(_ name: String, _ type: Function.Type) -> Function? {
      dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
    guard let create = find("TessBaseAPICreate", Create.self), let delete = find("TessBaseAPIDelete", Delete.self),
      let open = find("TessBaseAPIInit3", Open.self),
      let languages = find("TessBaseAPIGetLoadedLanguagesAsVector", Texts.self),
      let deleteTexts = find("TessDeleteTextArray", DeleteTexts.self),
      let setVariable = find("TessBaseAPISetVariable", SetVariable.self),
      let setMode = find("TessBaseAPISetPageSegMode", SetNumber.self),
      let setImage = find("TessBaseAPISetImage", SetImage.self),
      let setPicture = find("TessBaseAPISetImage2", SetPicture.self),
      let setResolution = find("TessBaseAPISetSourceResolution", SetNumber.self),
      let recognize = find("TessBaseAPIRecognize", Recognize.self),
      let table = find("TessBaseAPIGetTsvText", Table.self),
      let deleteText = find("TessDeleteText", DeleteText.self), let clear = find("TessBaseAPIClear", Delete.self),
      let createMonitor = find("TessMonitorCreate", Create.self),
      let setDeadline = find("TessMonitorSetDeadlineMSecs", SetNumber.self),
      let deleteMonitor = find("TessMonitorDelete", Delete.self),
      let readPicture = find("pixReadMem", ReadPicture.self),
      let readHeader = find("pixReadHeaderMem", ReadHeader.self),
      let readTIFF = find("pixReadMemTiff", ReadTIFF.self),
      let resolution = find("pixGetResolution", Resolution.self),
      let destroyPicture = find("pixDestroy", DestroyPicture.self),
      let setMessageLevel = find("setMsgSeverity", SetLevel.self)
    else { return nil }
    self.create = create
    self.delete = delete
    self.open = open
    self.languages = languages
    self.deleteTexts = deleteTexts
    self.setVariable = setVariable
    self.setMode = setMode
    self.setImage = setImage
    self.setPicture = setPicture
    self.setResolution = setResolution
    self.recognize = recognize
    self.table = table
    self.deleteText = deleteText
    self.clear = clear
    self.createMonitor = createMonitor
    self.setDeadline = setDeadline
    self.deleteMonitor = deleteMonitor
    self.readPicture = readPicture
    self.readHeader = readHeader
    self.readTIFF = readTIFF
    self.resolution = resolution
    self.destroyPicture = destroyPicture
    self.setMessageLevel = setMessageLevel
    setThreads = find("omp_set_num_threads", SetThreads.self)
  }
}
