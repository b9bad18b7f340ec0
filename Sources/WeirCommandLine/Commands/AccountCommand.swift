import WeirDiagnostics
import WeirEndpoint
import WeirProviders
import WeirValues

extension Command {
  static let account = Command(
    name: "account", summary: "Show credit, limits and usage of a key",
    operands: "[--provider NAME] [--json]",
    options: AccountOption.all,
    details: """
      OpenRouter tells of the key in OPENROUTER_API_KEY: its limit, what is left of it and what was used. The
      credit of the whole account is shown where the key may see it. fal has no such answer for a key: see
      fal.ai/dashboard/billing.

      Exit codes: 0 done, 1 the command line is wrong, 2 the key is missing, 3 the provider could not be asked,
      130 interrupted.
      """
  ) { words, environment in
    let arguments = try Arguments(words, AccountOption.all + Option.everywhere)
    if let operand = arguments.operands.first {
      throw UsageError(
        "`\(operand)` belongs to no option", help: "whose key is meant, `--provider NAME` says")
    }
    let name = arguments.value(AccountOption.provider) ?? "openrouter"
    guard let kind = ProviderKind(rawValue: name) else {
      throw UsageError(
        "there is no provider `\(name)`",
        help: ProviderKind.allCases.map(\.rawValue).nearest(to: name).map { "did you mean `\($0)`?" })
    }
    guard kind == .openrouter else {
      let help = kind == .openai ? "see the vendor's own pages" : "see fal.ai/dashboard/billing"
      throw UsageError("`\(name)` tells nothing about the account of a key", help: help)
    }
    return try await show(kind, arguments, environment)
  }

  private static func show(
    _ kind: ProviderKind, _ arguments: Arguments, _ environment: CommandEnvironment
  ) async throws(UsageError) -> ExitCode {
    guard let key = environment.variables[kind.usualKeyName], !key.isEmpty else {
      throw UsageError(
        "\(kind.usualKeyName) is not set", help: "`export \(kind.usualKeyName)=…`", exitCode: .invalid)
    }
    do throws(EndpointFailure) {
      let endpoint = try kind.endpoint(
        at: environment.replacedAddress(of: kind), key: Secret(key), over: environment.makeTransport())
      guard let source = endpoint as? any AccountSource else {
        throw EndpointFailure(.unsupported, "it tells nothing about the account of a key")
      }
      let account = try await source.account()
      let json = arguments.has(AccountOption.json)
      environment.console.write(json ? account.json.json(indent: 2) + "\n" : Help.table(account.rows))
      return .done
    } catch {
      environment.console.fail(error.message, help: error.ofBuiltIn.advice)
      return error.kind == .cancelled ? .interrupted : .failed
    }
  }
}

private enum AccountOption {
  static let provider = Option.value("provider", "NAME", "Whose key: openrouter")
  static let json = Option.flag("json", "Print JSON; what is not known is null")

  static let all = [provider, json]
}

extension AccountStatus {
  /// What is not known is left out.
  fileprivate var rows: [(String, String)] {
    var rows: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value { rows.append((name, value)) }
    }
    add("key", label)
    add("limit", limit.map { "\($0.money)\(limitReset.map { ", anew \($0)" } ?? "")" } ?? "none")
    add("left of it", limitRemaining?.money)
    add("used", usage?.money)
    add("today", usageDaily?.money)
    add("this week", usageWeekly?.money)
    add("this month", usageMonthly?.money)
    add("credit of the account", totalCredits?.money)
    add("used of the account", totalUsage?.money)
    add("free tier", isFreeTier.map { $0 ? "yes" : "no" })
    add("expires", expires)
    return rows
  }

  fileprivate var json: Value {
    func money(_ number: Number?) -> Value { number.map { .number($0) } ?? .null }
    func text(_ text: String?) -> Value { text.map { .string($0) } ?? .null }
    return .record([
      "label": text(label), "limit": money(limit), "limit_remaining": money(limitRemaining),
      "limit_reset": text(limitReset), "usage": money(usage), "usage_daily": money(usageDaily),
      "usage_weekly": money(usageWeekly), "usage_monthly": money(usageMonthly),
      "total_credits": money(totalCredits), "total_usage": money(totalUsage),
      "is_free_tier": isFreeTier.map { .bool($0) } ?? .null, "expires": text(expires),
    ])
  }
}
