/// The functions of the language that need no file, each written in a file of its own.
package enum Builtins {
  /// What other languages call one of them.
  package static func synonym(of name: String) -> String? {
    switch name.lowercased() {
    case "length", "len", "size": "count"
    case "touppercase", "uppercase", "upcase": "upper"
    case "tolowercase", "lowercase", "downcase": "lower"
    case "includes", "has", "contains_key", "haskey": "contains"
    case "startswith": "starts_with"
    case "endswith": "ends_with"
    case "strip": "trim"
    case "substring", "slice", "substr": "truncate"
    case "distinct", "uniq", "dedup": "unique"
    case "sorted", "sort_by", "sortby": "sort"
    case "reversed": "reverse"
    case "some": "any"
    case "every": "all"
    case "json", "tojson", "stringify": "to_json"
    default: nil
    }
  }

  package static let all: [Builtin] = [
    // On strings.
    .trim, .upper, .lower, .lines, .words, .split, .replace, .contains, .startsWith, .endsWith, .matches,
    .truncate, .indent, .tokens, .parseJSON,
    // On strings, lists and dictionaries.
    .count, .chunk, .entries,
    // On lists.
    .first, .last, .join, .sort, .unique, .flatten, .sum, .min, .max, .reverse, .any, .all,
    // On numbers.
    .round, .abs,
    // On anything.
    .toJSON,
  ]

  package static func named(_ name: String) -> Builtin? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
