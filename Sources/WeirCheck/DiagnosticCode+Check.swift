package import WeirDiagnostics

extension DiagnosticCode {
  /// What the checker reports.
  package static let checkCodes: [DiagnosticCode] =
    [
      .badAddress, .declaredLater, .duplicateEntry, .duplicateName, .duplicateSetting, .endlessType,
      .lateDefaults, .misplacedImage, .misplacedIt, .misplacedSecret, .missingOutput, .missingSetting,
      .mixedOutputs, .needlessFallback, .needsStep, .neverEqual, .notConstant, .optionalInText,
      .optionalValue, .outOfRange, .plainString, .suspiciousDocumentation, .typeMismatch, .unit,
      .unknownChoice, .unknownCode, .unknownField, .unknownFunction, .unknownName, .unknownSetting,
      .unknownType, .unusedAllow, .unusedInput, .unusedLet, .unusedStep, .unusedUse,
      .wrongArgument,
    ] + workCodes + toolCodes
}
