package import WeirEndpoint
import WeirProgram
package import WeirValues

/// Says in JSON Schema what an answer must be, in the part of it that all strict modes take.
///
/// Every object names all its properties as required and allows no others; what is optional may be
/// null. Recursive types go through `$defs`, other names are written out. Conditions become
/// keywords where there are such, with the values of names that are known by now, and stand in the
/// description otherwise. Nothing here is relied upon: the answer is checked when it comes.
package struct SchemaBuilder: Sendable {
  private let evaluator: Evaluator

  package init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  var program: Program { evaluator.program }

  /// Nil where the answer is plain text.
  package func schema(for type: ValueType, name: String) -> AnswerSchema? {
    var writer = SchemaWriter(evaluator, root: type)
    let schema: Record
    switch AnswerShape(of: type, evaluator.program.types) {
    case .text: return nil
    case .object: schema = writer.root(type)
    case .wrapped: schema = writer.object([(AnswerShape.wrapperField, writer.schema(type, []))])
    }
    return AnswerSchema(
      name: String(name.prefix(64)), schema: .record(writer.withDefinitions(schema)),
      isStrict: writer.isStrict)
  }

  /// The schema of the type itself, without what it is wrapped in to be sent.
  func bareSchema(of type: ValueType) -> Value {
    var writer = SchemaWriter(evaluator, root: type)
    let schema = writer.root(type)
    return .record(writer.withDefinitions(schema))
  }
}
