import Testing
import WeirEndpoint
import WeirProviders
import WeirTestSupport
import WeirValues

/// fal's errors by their words, each with what is made of it.
struct FalErrorTests {
  /// model-apis/errors
  private static let ofModels = [
    "internal_server_error", "generation_timeout", "downstream_service_error",
    "downstream_service_unavailable",
    "content_policy_violation", "no_media_generated", "image_too_small", "image_too_large",
    "image_load_error",
    "image_aspect_ratio_error", "file_download_error", "file_too_large", "face_detection_error",
    "unsupported_image_format", "unsupported_audio_format", "unsupported_video_format",
    "audio_duration_too_long",
    "audio_duration_too_short", "video_duration_too_long", "video_duration_too_short", "greater_than",
    "greater_than_equal", "less_than", "less_than_equal", "multiple_of", "sequence_too_short",
    "sequence_too_long",
    "one_of", "feature_not_supported", "invalid_request", "value_error", "missing",
  ]

  /// model-apis/request-errors
  private static let ofRequests: [(String, Int)] = [
    ("request_timeout", 504), ("startup_timeout", 504), ("runner_scheduling_failure", 503),
    ("runner_connection_timeout", 503), ("runner_disconnected", 503), ("runner_connection_refused", 503),
    ("runner_connection_error", 503), ("runner_incomplete_response", 502), ("runner_server_error", 500),
    ("client_disconnected", 499), ("client_cancelled", 499), ("bad_request", 400), ("internal_error", 500),
    ("auth_error", 401), ("not_found", 404), ("url_error", 400), ("concurrent_requests_limit", 429),
  ]

  private func line(_ type: String, _ response: HTTPResponse, _ endpoint: FalEndpoint) -> String {
    do {
      return "\(type): read as \(try endpoint.decode(response, now: 0).text)\n"
    } catch {
      return "\(type): \(error.kind.rawValue)\(error.isRetryable ? ", may be sent again" : "")\n"
        + (error.advice.map { "    \($0)\n" } ?? "")
    }
  }

  private func response(_ status: Int, _ body: Value, _ headers: [(String, String)] = []) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers.map { (name: $0.0, value: $0.1) }, body: body.jsonBytes())
  }

  @Test func everyWordHasItsKind() throws {
    let endpoint = try FalPlay([]).endpoint()
    var text = ""
    for type in Self.ofModels {
      let detail = Value.record([
        "loc": .list([.string("body"), .string("prompt")]), "msg": .string("no"), "type": .string(type),
      ])
      text += line(type, response(422, .record(["detail": .list([detail])])), endpoint)
    }
    text += "\n"
    for (type, status) in Self.ofRequests {
      text += line(
        "\(type) \(status)",
        response(status, .record(["detail": .string("no"), "error_type": .string(type)])),
        endpoint)
    }
    Golden.expect(text, matches: "fal/error-words.txt")
  }

  @Test(arguments: [
    ([("X-Fal-Retryable", "true")], 422, true), ([("X-Fal-Retryable", "false")], 503, false),
    ([("X-Fal-Needs-Retry", "1")], 500, true), ([("X-Fal-Error-Type", "runner_disconnected")], 503, true),
    ([("X-Fal-Request-Timeout-Type", "user")], 504, false),
    ([("X-Fal-Request-Timeout-Type", "USER")], 504, false),
    ([], 504, true), ([], 422, false),
  ])
  func headersSayWhetherToAskAgain(headers: [(String, String)], status: Int, isRetryable: Bool) throws {
    let endpoint = try FalPlay([]).endpoint()
    let response = response(status, .record(["detail": .string("no")]), headers)
    let failure = #expect(throws: EndpointFailure.self) { try endpoint.decode(response, now: 0) }
    #expect(failure?.isRetryable == isRetryable)
    let isOwnLimit = headers.contains { $0.0 == "X-Fal-Request-Timeout-Type" }
    #expect(failure?.advice?.contains("raise `X-Fal-Request-Timeout`") ?? false == isOwnLimit)
  }

  @Test func pagesOfTheIngressAreNoAnswers() throws {
    let page =
      "<html>\r\n<head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
    let endpoint = try FalPlay([]).endpoint()
    let failure = #expect(throws: EndpointFailure.self) {
      try endpoint.decode(HTTPResponse(status: 502, body: Array(page.utf8)), now: 0)
    }
    #expect(failure?.kind == .unavailable && failure?.isRetryable == true)
    #expect(failure?.message == "fal.run answered 502: a web page titled \"502 Bad Gateway\"")
  }
}
