/// Where a quote was found in the print.
public struct Citation: Codable, Hashable, Sendable {
  /// The words as they stand in the chunk, not as the backend wrote them.
  public var quote: String
  /// UTF-8 offsets of the quote in the chunk's text.
  public var start: Int
  public var end: Int
  /// Counted from 1, rising.
  public var pages: [Int]
  /// One box for each printed line that holds a part of the quote.
  public var boxes: [PageBox]

  public init(quote: String, start: Int, end: Int, pages: [Int], boxes: [PageBox]) {
    self.quote = quote
    self.start = start
    self.end = end
    self.pages = pages
    self.boxes = boxes
  }
}

/// A box and the page that it is on.
public struct PageBox: Codable, Hashable, Sendable {
  public var page: Int
  public var box: Box

  public init(page: Int, box: Box) {
    self.page = page
    self.box = box
  }
}

/// A candidate that passed validation, with the proof.
public struct Judged: Codable, Hashable, Sendable {
  public var candidate: Candidate
  public var citation: Citation

  public init(candidate: Candidate, citation: Citation) {
    self.candidate = candidate
    self.citation = citation
  }
}
