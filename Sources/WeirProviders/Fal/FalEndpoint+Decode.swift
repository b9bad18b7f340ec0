package import WeirEndpoint
import WeirValues

// fal: model-apis/errors, model-apis/request-errors. The output stands bare in the body:
// {"output": "…", "reasoning": null, "partial": false, "error": null, "usage": {…}}

extension FalEndpoint {
  /// `now` is in seconds since 1970, for a `Retry-After` with a date.
  package func decode(_ response: HTTPResponse, now: Double) throws(EndpointFailure) -> EndpointReply {
    guard response.status == 200 else { throw failure(complaint(response, now: now)) }
    guard let body = try? Value(json: response.body), body.record != nil else {
      throw .badReply("with what is not a JSON object", response, from: words, hiding: secrets)
    }
    if let error = body["error"], !error.isNull, error.string != "" {
      throw failure(Complaint(error: error, status: 200, provider: nil))
    }
    guard let output = body["output"]?.string else {
      // Errors in the shape of other statuses have been seen under 200 as well.
      if body["detail"] != nil { throw failure(complaint(response, now: now)) }
      throw .badReply("without `output`", response, from: words, hiding: secrets)
    }
    let isPartial = body["partial"]?.bool ?? false
    var reply = EndpointReply(
      text: output, usage: Usage(lenient: body["usage"]), finish: isPartial ? .other("partial") : .unknown)
    reply.reasoning = body["reasoning"]?.string
    return reply
  }

  private func complaint(_ response: HTTPResponse, now: Double) -> Complaint {
    var complaint = Complaint(response, now: now)
    if let type = response.header("x-fal-error-type"), !complaint.words.contains(type) {
      complaint.words.append(type)
    }
    if let retryable = response.header("x-fal-retryable") {
      complaint.mayRetry = retryable.lowercased() == "true"
    }
    if response.header("x-fal-needs-retry") == "1" { complaint.mayRetry = true }
    // The time that the request's own header allowed ran out; it would run out again.
    if response.header("x-fal-request-timeout-type")?.lowercased() == "user" { complaint.mayRetry = false }
    return complaint
  }

  private func failure(_ complaint: Complaint) -> EndpointFailure {
    EndpointFailure(complaint, from: words, hiding: secrets)
  }

  private var words: ServiceWords {
    ServiceWords(site: address.site, keyName: keyName, billing: "fal.ai/dashboard/billing")
  }

  private var secrets: [Secret] { [key].compactMap { $0 } + headers.compactMap(\.secret) }
}
