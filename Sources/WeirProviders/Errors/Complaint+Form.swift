import WeirEndpoint

// The one place where it is decided that a server does not take the form in which an answer was asked
// for. Servers have no code for it; they say, with a status for a wrong request:
//
//     Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.   OpenAI
//     Invalid schema for response_format 'post': In context=(), …                                    OpenAI
//     No endpoints found that can handle the requested parameters.                             OpenRouter, 404
//     Unsupported parameter: 'response_format' is not supported with this model.                      OpenAI
//     This response_format type is unavailable now                                                 DeepSeek
//     response_format: response_format.type `json_schema` is unavailable now            DeepSeek, 422, no JSON
//     This model does not support response format `json_schema`.                                       Groq
//     {"error": "'response_format.type' must be 'json_schema' or 'text'"}                         LM Studio
//     Failed to initialize samplers: failed to parse grammar                                       llama.cpp
//     The provided JSON schema contains features not supported by xgrammar.                             vLLM
//     {"detail": [{"loc": ["body", "response_format", "type"], …}]}                         Mistral, FastAPI

extension Complaint {
  /// What of the form is refused; nil where the complaint is about something else.
  var refusedForm: EndpointFailure.RefusedForm? {
    guard isAboutTheRequest, mayRetry != true else { return nil }
    let text = ([message] + words + fields).joined(separator: "\n").lowercased()
    if Self.wordsOfSchemas.contains(where: text.contains) { return .schema }
    guard Self.wordsOfForms.contains(where: text.contains) else { return nil }
    let said = ([message] + fields).joined(separator: "\n").lowercased()
    return Self.wordsOfOneForm.contains(where: said.contains) ? .form : .field
  }

  /// Where none of these is said, it is the field as a whole that is not known.
  private static let wordsOfOneForm = [
    "schema", "type", "json_object", "json mode", "structured", "requested parameters", "must be", "one of",
    "supported values", "guided",
  ]

  private var isAboutTheRequest: Bool {
    switch status {
    case 400, 404, 405, 415, 422, 501: true
    case 200..<300: kind == .invalidRequest
    default: false
    }
  }

  private static let wordsOfSchemas = [
    "invalid schema", "invalid json schema", "invalid json_schema", "parse grammar", "parsing grammar",
    "schema contains", "schema is too", "schema too", "too many states", "unsupported schema",
    "schema is not supported by", "grammar error", "compile grammar", "grammar compilation",
  ]

  private static let wordsOfForms = [
    "response_format", "response format", "responseformat", "json_schema", "json schema", "json_object",
    "json mode", "response_schema", "response_mime_type", "structured output", "structured_output",
    "output_format", "output_config", "guided decoding", "guided_json", "requested parameters",
  ]
}
