import Testing
import WeirProcess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Programs end, and their children with them. One test after the other: the time to tidy up is short.
@Suite(.serialized) struct EndTests {
  /// Holds a gate open, says so with a byte, and waits for a child that does as well.
  private static let family = #"exec 3>"$1"; sleep 600 & echo >&3; wait"#

  @Test func cancellingEndsAProgramWithItsChildren() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let task = Task { await failure(shell(Self.family, gate.path), timeout: .seconds(600)) }
    #expect(await gate.read(upTo: 1, from: reader) == [0x0A])
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(await gate.read(from: reader) == [])
  }

  @Test func theTimeOutEndsAProgramWithItsChildren() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let limit = Duration.seconds(1)
    let found = await failure(shell("echo so far >&2; " + Self.family, gate.path), timeout: limit)
    #expect(found == .timedOut(after: limit, standardError: "so far\n"))
    #expect(await gate.read(from: reader) != nil)
  }

  @Test func whatWritesTooMuchIsEndedWithItsChildren() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let script = #"exec 3>"$1"; sleep 600 & yes"#
    #expect(await failure(shell(script, gate.path), limit: 100_000) == .outputTooLarge(limit: 100_000))
    #expect(await gate.read(from: reader) == [])
  }

  @Test func whatDoesNotHeedTheFirstSignalIsKilled() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let script = #"trap '' TERM; exec 3>"$1"; echo >&3; while :; do sleep 600; done"#
    let task = Task { await failure(shell(script, gate.path), timeout: .seconds(600)) }
    #expect(await gate.read(upTo: 1, from: reader) == [0x0A])
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(await gate.read(from: reader) == [])
  }

  @Test func aProgramAndItsChildrenMayTidyUp() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let child = #"trap "echo child >&3; exit" TERM; echo >&3; while :; do sleep 0.01; done"#
    let script = #"exec 3>"$1"; trap "echo parent >&3; exit" TERM; sh -c '\#(child)' & wait"#
    let task = Task { await failure(shell(script, gate.path), timeout: .seconds(600)) }
    #expect(await gate.read(upTo: 1, from: reader) == [0x0A])
    task.cancel()
    #expect(await task.value == .cancelled)
    let left = String(decoding: try #require(await gate.read(from: reader)), as: UTF8.self)
    #expect(Set(left.split(separator: "\n")) == ["parent", "child"])
  }

  @Test func aChildThatIsLeftWithThePipeDoesNotHoldTheResultUp() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    #expect(try await output(shell(#"exec 3>"$1"; sleep 600 & echo done"#, gate.path)) == "done\n")
    #expect(await gate.read(from: reader) == [])
  }

  @Test func aChildThatIsLeftWithoutThePipeIsEndedAsWell() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let script = #"exec 3>"$1"; sleep 600 >/dev/null 2>&1 & echo done"#
    #expect(try await output(shell(script, gate.path)) == "done\n")
    #expect(await gate.read(from: reader) == [])
  }

  @Test func whatAChildStillWritesAfterItsParentIsRead() async throws {
    let script = #"(read line; head -c 200000 /dev/zero) <"$1" & echo >"$1""#
    let gate = try Gate()
    #expect(try await output(shell(script, gate.path)).utf8.count == 200_000)
  }

  @Test func aProgramThatHasClosedItsOutputsIsWaitedFor() async throws {
    let (started, gate) = (try Gate(), try Gate())
    let reader = started.reader()
    var holder: Gate.Holder? = gate.hold()
    let script = #"exec 3>"$1" 4<"$2" 1>&- 2>&-; echo >&3; read line <&4; exit 7"#
    let task = Task { await failure(shell(script, started.path, gate.path)) }
    #expect(await started.read(upTo: 1, from: reader) == [0x0A])
    #expect(holder != nil)
    holder = nil
    #expect(await task.value == .exited(status: 7, standardError: ""))
  }

  @Test func whatIsCancelledBeforeItStartsDoesNotStart() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let (held, holder) = AsyncStream<Void>.makeStream()
    let task = Task {
      for await _ in held {}
      return await failure(shell(#"echo started >"$1""#, gate.path))
    }
    task.cancel()
    holder.finish()
    #expect(await task.value == .cancelled)
    #expect(reader.readAtOnce() == [])
  }

  @Test func everyProgramIsReaped() async throws {
    for script in ["echo $$", "echo $$; sleep 600 & exit 0"] {
      let text = try await output(shell(script))
      let id = try #require(pid_t(text.dropLast()))
      #expect(waitpid(id, nil, WNOHANG) == -1)
      #expect(errno == ECHILD)
    }
  }

  @Test func aHundredProgramsRunAtTheSameTime() async throws {
    let (started, gate) = (try Gate(), try Gate())
    let reader = started.reader()
    var holder: Gate.Holder? = gate.hold()
    let script = #"exec 3>"$1" 4<"$2"; echo >&3; read line <&4; echo "$3""#
    let outputs = await withTaskGroup { group in
      for number in 0..<100 {
        group.addTask { try? await output(shell(script, started.path, gate.path, "\(number)")) }
      }
      #expect(await started.read(upTo: 100, from: reader)?.count == 100)
      // While all of them wait, others are fed and read: no pipe of theirs is held by anybody else.
      let bytes = [UInt8](repeating: 0x61, count: 200_000)
      for _ in 0..<10 { #expect((try? await output(["cat"], input: bytes))?.utf8.count == bytes.count) }
      #expect(holder != nil)
      holder = nil
      return await group.reduce(into: Set<String>()) { $0.insert($1 ?? "") }
    }
    #expect(outputs == Set((0..<100).map { "\($0)\n" }))
  }

  @Test func aHundredProgramsAreCancelledAtOnce() async throws {
    let gate = try Gate()
    let reader = gate.reader()
    let task = Task {
      await withTaskGroup { group in
        for _ in 0..<100 { group.addTask { await failure(shell(Self.family, gate.path)) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(await gate.read(upTo: 100, from: reader)?.count == 100)
    task.cancel()
    #expect(await task.value == [ProgramFailure?](repeating: .cancelled, count: 100))
    #expect(await gate.read(from: reader) == [])
  }
}
