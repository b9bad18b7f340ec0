/// The functions of the language that need no file, each written in a file of its own.
package enum Builtins {
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
