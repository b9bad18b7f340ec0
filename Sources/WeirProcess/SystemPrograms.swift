extension [String: String] {
  /// Where programs are looked for.
  var searchPath: String { self["PATH"] ?? "/usr/bin:/bin" }
}

/// Runs programs as processes of this machine, without a shell.
///
/// Each has a session of its own, so that it has no terminal to ask at, and is ended together with the
/// children that it started: when it is cancelled, when its time is over, when it writes too much, and
/// when it is done and has left some behind. They are asked with SIGTERM and have 200 ms to tidy up.
/// A child that leaves the process group, as daemons do, is out of reach.
///
/// One thread serves all programs, and is there only while there are any.
package struct SystemPrograms: ProgramLauncher {
  private let mailbox: ProgramMailbox

  /// `environment` is what every program inherits; where its `PATH` leads, programs are looked for.
  package init(environment: [String: String]) {
    mailbox = ProgramMailbox(environment: environment)
  }

  /// Why a program cannot be started; nil where it can be. Nothing is started.
  package static func failure(
    toFind program: String, in directory: String?, environment: [String: String]
  ) -> ProgramFailure? {
    do {
      _ = try ProgramSearch(path: environment.searchPath, directory: directory).find(program)
      return nil
    } catch {
      return error
    }
  }

  package func run(_ command: ProgramCommand) async throws(ProgramFailure) -> [UInt8] {
    let ticket = ProgramTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        mailbox.submit(ProgramSubmission(ticket: ticket, command: command, continuation: continuation))
      }
    } onCancel: {
      mailbox.cancel(ticket)
    }
    return try result.get()
  }
}
