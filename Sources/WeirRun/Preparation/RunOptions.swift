package import WeirDiagnostics
package import WeirEndpoint
package import WeirProcess
package import WeirValues

/// What a run is given beside its flow.
package struct RunOptions: Sendable {
  /// Values for the inputs by name, already read from what a person typed. Names that no input has
  /// are the caller's to refuse. A secret is not among them.
  package var inputs: [String: Value] = [:]
  /// The names that may stand before the `:` of a model.
  package var providers: Set<String>
  /// Whom a model without a provider's name belongs to.
  package var defaultProvider: String
  /// Asked by every step, whatever the flow names.
  package var model: String?
  /// Asked by steps for which the flow names none, where nobody is really asked; else they are told.
  package var standIn: String?
  /// What lies beside a flow, by the flow's file.
  package var files: @Sendable (FileID) -> any FlowFiles = FileReading.nowhere
  /// The text of a secret; nil where it was not given.
  package var secrets: @Sendable (SecretSource) -> Secret? = { _ in nil }
  /// The programs that `run` may start, as the flow names them.
  package var allowedPrograms: Set<String> = []
  /// Why a program cannot be started in a folder; nil where it can be, or where nobody looks.
  package var findProgram: @Sendable (_ program: String, _ folder: String?) -> ProgramFailure? = { _, _ in nil
  }
  /// The folder of a flow, by the flow's file: where its programs start. Nil for where this process is.
  package var folders: @Sendable (FileID) -> String? = { _ in nil }

  /// The inputs that are given only when the flow is called, by a model.
  var openInputs: Set<String> = []
  /// What whoever calls the flow says of models, for steps for which nothing there names one.
  var inheritedModel: Value?
  /// What stands before the names of the steps, for progress and messages: `answer.summarize.`
  var namePrefix = ""
  /// The passes of the loops around the call, and which call it is.
  var passPrefix: [Int] = []

  package init(inputs: [String: Value] = [:], providers: Set<String>, defaultProvider: String) {
    self.inputs = inputs
    self.providers = providers
    self.defaultProvider = defaultProvider
  }
}
