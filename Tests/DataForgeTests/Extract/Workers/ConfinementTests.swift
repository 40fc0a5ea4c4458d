import CConfinement
import Foundation
import Testing

/// Attacks from a thread that gave up its rights as a worker does: filters of the kernel hold for a thread.
@Suite struct ConfinementTests {
  /// Runs `attack` on a thread of its own; what it returns, or `nil` where the kernel knows no filters.
  private static func confined(_ attack: @escaping @Sendable () -> [String: Int32]) async -> [String: Int32]? {
    await withCheckedContinuation { continuation in
      Thread { continuation.resume(returning: confinement_drop_rights(0) == 0 ? attack() : nil) }.start()
    }
  }

  @Test func aConfinedProcessReadsAndDoesNothingElse() async throws {
    let folder = try ScratchFolder()
    let victim = try folder.write("victim.txt", "safe")
    let made = folder.path + "/made"
    let answers = try #require(
      await Self.confined {
        func error(_ result: Int32) -> Int32 { result < 0 ? errno : 0 }
        var answers: [String: Int32] = [:]
        answers["reading"] = error(open(victim, O_RDONLY))
        answers["socket"] = error(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        answers["local socket"] = error(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))
        answers["writing"] = error(open(victim, O_WRONLY))
        answers["reading and writing"] = error(open(victim, O_RDWR))
        answers["truncating by open"] = error(open(victim, O_RDONLY | O_TRUNC))
        answers["truncating"] = error(truncate(victim, 0))
        answers["making a file"] = error(open(made, O_WRONLY | O_CREAT, 0o600))
        answers["making a folder"] = error(mkdir(made, 0o700))
        answers["a link"] = error(link(victim, made))
        answers["a symbolic link"] = error(symlink(victim, made))
        answers["renaming"] = error(rename(victim, made))
        answers["removing"] = error(unlink(victim))
        answers["changing rights"] = error(chmod(victim, 0o777))
        answers["a signal"] = error(kill(getppid(), 0))
        var identifier: pid_t = 0
        let words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
        defer { free(words[0]) }
        answers["a program"] = posix_spawn(&identifier, "/bin/true", nil, nil, words, nil)
        return answers
      })
    #expect(answers["reading"] == 0)
    for (attack, error) in answers where attack != "reading" {
      #expect([EPERM, EACCES, ENOSYS].contains(error), "\(attack): \(error)")
    }
    #expect(FileManager.default.contents(atPath: victim) == Data("safe".utf8))
    #expect(!FileManager.default.fileExists(atPath: made))
  }
}
