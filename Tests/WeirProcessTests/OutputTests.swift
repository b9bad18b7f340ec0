import Testing
import WeirProcess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What goes into programs and what comes out of them.
struct OutputTests {
  @Test func standardOutputComesAsItIs() async throws {
    #expect(try await output(["echo", "hello"]) == "hello\n")
    #expect(try await output(["/bin/echo", "-n", "hello"]) == "hello")
    #expect(try await output(["true"]) == "")
    let bytes = try await programs.run(
      ProgramCommand(arguments: ["printf", #"\377\000\n"#], timeout: .seconds(30)))
    #expect(bytes == [0xFF, 0, 0x0A])
  }

  @Test func argumentsArriveByteForByteAndNothingElseHappens() async throws {
    let texts = [
      "; rm -rf ~", "$(touch evil)", "`id`", "a \"b\" 'c'", "line\nline\r\n\ttab", "*", "~", "$HOME", "\\n",
      "", " ", "-", "%s", "naïve – 日本",
    ]
    for text in texts { #expect(try await output(["printf", "%s", text]) == text) }
    #expect(try await output(["printf", "%s|"] + texts) == texts.map { $0 + "|" }.joined())
  }

  @Test func muchGoesInWhileMuchComesOut() async throws {
    let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    let command = ProgramCommand(arguments: ["cat"], standardInput: bytes, timeout: .seconds(60))
    #expect(try await programs.run(command) == bytes)
  }

  @Test func bothOutputsAreReadAtTheSameTime() async throws {
    let script = "head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"
    #expect(try await output(shell(script)).utf8.count == 1_000_000)
  }

  @Test func whatIsNotReadHarmsNobody() async throws {
    let much = [UInt8](repeating: 0x61, count: 5_000_000)
    #expect(try await output(["true"], input: much) == "")
    #expect(try await output(["head", "-c", "3"], input: much) == "aaa")
    #expect(try await output(shell("exec <&-; echo closed"), input: much) == "closed\n")
  }

  @Test func withoutInputTheEndIsReadAtOnce() async throws {
    #expect(try await output(["cat"]) == "")
  }

  @Test func exactlyTheLimitIsTakenAndOneByteMoreIsNot() async throws {
    #expect(try await output(["printf", "12345"], limit: 5) == "12345")
    #expect(await failure(["printf", "123456"], limit: 5) == .outputTooLarge(limit: 5))
    #expect(await failure(["yes"]) == .outputTooLarge(limit: 10_000_000))
  }

  @Test func variablesAreAddedAndReplacedAndNoOthersInherited() async throws {
    let some = SystemPrograms(environment: ["PATH": "/usr/bin:/bin", "A": "1", "B": "2"])
    let command = ProgramCommand(
      arguments: ["env"], environment: ["B": "x=y\nz", "C": ""], timeout: .seconds(30))
    let text = String(decoding: try await some.run(command), as: UTF8.self)
    #expect(Set(text.split(separator: "\n")) == ["PATH=/usr/bin:/bin", "A=1", "B=x=y", "z", "C="])
  }

  @Test func aProgramStartsInItsFolder() async throws {
    #expect(try await output(["pwd", "-P"], directory: "/usr") == "/usr\n")
    #expect(try await output(["bin/env", "echo", "here"], directory: "/usr") == "here\n")
  }

  @Test func eachProgramLeadsASessionOfItsOwnWithEverySignalAsItIsByNature() async throws {
    #if os(Linux)
      let fields = try await output(shell("cat /proc/$$/stat")).split(separator: " ")
      #expect(fields[4] == fields[0], "process group")
      #expect(fields[5] == fields[0], "session")
      let before = signal(SIGUSR1, SIG_IGN)
      defer { signal(SIGUSR1, before) }
      let lines = try await output(["grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"]).split(separator: "\n")
      let sets = lines.map { UInt64($0.drop { $0 != "\t" }.dropFirst(), radix: 16) }
      // The C library keeps two signals of its own, 32 and 33.
      #expect(sets.map { $0.map { $0 & ~(3 << 31) } } == [0, 0])
    #endif
  }
}
