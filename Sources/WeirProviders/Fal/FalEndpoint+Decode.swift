package import WeirEndpoint
import WeirValues

// fal: model-apis/errors, model-apis/request-errors. The output stands bare in the body:
// {"output": "…", "reasoning": null, "partial": false, "error": null, "usage": {…}}

extension FalEndpoint {
  /// `now` is in seconds since 1970, for a `Retry-After` with a date.
  package func decode(_ response: HTTPResponse, now: Double) throws(EndpointFailure) -> EndpointReply {
    try decode(response, now: now, from: nil)
  }

  func decode(
    _ response: HTTPResponse, now: Double, from site: String?
  ) throws(EndpointFailure) -> EndpointReply {
    guard response.status == 200 else { throw failure(response, now: now, at: site) }
    guard let body = try? Value(json: response.body), body.record != nil else {
      throw bad("with what is not a JSON object", response, at: site)
    }
    if let failure = failure(inside: body, at: site) { throw failure }
    guard let output = body["output"]?.string else {
      // Errors in the shape of other statuses have been seen under 200 as well.
      if body["detail"] != nil { throw failure(response, now: now, at: site) }
      throw bad("without `output`", response, at: site)
    }
    let isPartial = body["partial"]?.bool ?? false
    var reply = EndpointReply(
      text: output, usage: Usage(lenient: body["usage"]), finish: isPartial ? .other("partial") : .unknown)
    reply.reasoning = body["reasoning"]?.string
    reply.id = response.header("x-fal-request-id")
    reply.billableUnits = response.header("x-fal-billable-units").flatMap { Number(jsonLiteral: $0) }
    return reply
  }

  /// The `error` that stands beside or instead of an output, whatever the status.
  func failure(inside body: Value, at site: String? = nil) -> EndpointFailure? {
    guard let error = body["error"], !error.isNull, error.string != "" else { return nil }
    return failure(Complaint(error: error, status: 200, provider: nil), at: site)
  }

  /// What an answer with another status than 200 says, by the host at `site` where it is not the usual one.
  func failure(_ response: HTTPResponse, now: Double, at site: String? = nil) -> EndpointFailure {
    var complaint = Complaint(response, now: now)
    if let type = response.header("x-fal-error-type"), !complaint.words.contains(type) {
      complaint.words.append(type)
    }
    if let retryable = response.header("x-fal-retryable") {
      complaint.mayRetry = retryable.lowercased() == "true"
    }
    if response.header("x-fal-needs-retry") == "1" { complaint.mayRetry = true }
    guard response.header("x-fal-request-timeout-type")?.lowercased() == "user" else {
      return failure(complaint, at: site)
    }
    // The time that the request's own header allowed ran out; it would run out again.
    complaint.mayRetry = false
    var failure = failure(complaint, at: site)
    failure.advice = "raise `X-Fal-Request-Timeout` in `options.headers`, or leave it out"
    return failure
  }

  func failure(_ complaint: Complaint, at site: String? = nil) -> EndpointFailure {
    var failure = EndpointFailure(complaint, from: words(site), hiding: secrets)
    if let advice = complaint.words.lazy.compactMap(FalAdvice.advice(forType:)).first {
      failure.advice = advice
    }
    return failure
  }

  func bad(_ reason: String, _ response: HTTPResponse, at site: String? = nil) -> EndpointFailure {
    .badReply(reason, response, from: words(site), hiding: secrets)
  }

  private func words(_ site: String?) -> ServiceWords {
    ServiceWords(site: site ?? sites.run.site, keyName: keyName, billing: "fal.ai/dashboard/billing")
  }

  var secrets: [Secret] { [key].compactMap { $0 } + headers.compactMap(\.secret) }
}
