"""What `weir parse` takes as it is, against what `jsonschema` takes by the schema of `weir schema`; see README.md.

Usage: schema.py WEIR [SEED]. Prints a line for each check, then `N passed, N failed`.
"""

import copy
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

from checks import run_checks

WEIR = str(pathlib.Path(sys.argv[1]).resolve())
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
TYPES = 125
VALUES = 16

DECLARATIONS = """\
type Tree { name: string, children: [Tree], note_or_null: string? }
type Mood = "calm" | "tense"
type Shape = {kind: "dot"} | {kind: "disc", radius: number where it > 0}
"""

WORDS = ["ada", "stones", "Köln", "日本", "👩‍👧", "e\u0301", "a b", "", "x" * 12, "5", "true", "null", "Calm", "line\nend"]
NAMES = ["name", "age", "tags", "first_name", "total", "kind", "isPaid", "amount", "items", "note"]
# What is absent holds here where it is optional, but not by the schema; such a field has this at its end.
OPTIONAL = "_or_null"


class Types:
    """Types as flows write them, each with values of it: a pair of text and a function that makes one."""

    def __init__(self, rng):
        self.rng = rng

    def top(self):
        pick = self.rng.random()
        if pick < 0.7:
            return self.record(3)
        if pick < 0.9:
            return self.list(2)
        return self.rng.choice([self.int, self.number, self.bool, self.labels, self.named])()

    def any(self, depth):
        makers = [self.string, self.string, self.int, self.number, self.bool, self.labels, self.literals, self.bounded_string]
        if depth > 0:
            makers += [
                lambda: self.list(depth - 1), lambda: self.record(depth - 1), lambda: self.dictionary(depth - 1),
                lambda: self.kinds(depth - 1), self.named, self.mixed, self.bounded_list,
            ]
        return self.rng.choice(makers)()

    def string(self):
        return "string", lambda: self.rng.choice(WORDS)

    def bounded_string(self):
        most = self.rng.randint(1, 6)
        return self.rng.choice([
            (f"string where it.count <= {most}", lambda: "é👩x日bcdef"[: self.rng.randint(0, most)]),
            ('string where it != ""', lambda: self.rng.choice(WORDS) or "x"),
            ('string where it in ["red", "green"]', lambda: self.rng.choice(["red", "green"])),
            ('string where it.matches("[a-z]+")', lambda: self.rng.choice(["abc", "z", "q" * 9])),
        ])

    def int(self):
        low = self.rng.randint(-5, 5)
        return self.rng.choice([
            ("int", lambda: self.rng.choice([0, -1, 7, 10**12, 2.0])),
            (f"int where it >= {low}", lambda: self.rng.randint(low, low + 9)),
            (f"int where it > {low} and it < {low + 5}", lambda: self.rng.randint(low + 1, low + 4)),
            (f"int where it in {low}...{low + 3}", lambda: self.rng.randint(low, low + 3)),
        ])

    def number(self):
        return self.rng.choice([
            ("number", lambda: self.rng.choice([0, 2.5, -0.001, 1e30, 12345.678])),
            ("number where it >= 0", lambda: self.rng.choice([0, 0.5, 100])),
            ("number where it > 0 and it <= 1", lambda: self.rng.choice([1, 0.25])),
        ])

    def bool(self):
        return "bool", lambda: self.rng.random() < 0.5

    def labels(self):
        labels = self.rng.choice([["calm", "tense"], ["a", "b", "c"], ["in progress", "done"]])
        return " | ".join(map(json.dumps, labels)), lambda: self.rng.choice(labels)

    def literals(self):
        return "1 | 2 | 5", lambda: self.rng.choice([1, 2, 5])

    def mixed(self):
        return self.rng.choice([
            ("int | string", lambda: self.rng.choice([3, "x"])),
            ("bool | number", lambda: self.rng.choice([True, 3.5])),
            ("[int] | string", lambda: self.rng.choice([[1, 2], "x"])),
        ])

    def list(self, depth):
        text, make = self.any(depth)
        if "|" in text:
            text, make = self.string()
        return f"[{text}]", lambda: [make() for _ in range(self.rng.randint(0, 3))]

    def bounded_list(self):
        return "[int] where it.count in 1...3", lambda: [1] * self.rng.randint(1, 3)

    def dictionary(self, depth):
        text, make = self.rng.choice([self.string, self.number, self.bool])()
        return f"[string: {text}]" if "where" not in text else "[string: int]", (
            lambda: {name: make() for name in self.rng.sample(["de", "fr", "x y"], self.rng.randint(0, 3))}
        ) if "where" not in text else (lambda: {"de": 1})

    def record(self, depth):
        fields = []
        for name in self.rng.sample(NAMES, self.rng.randint(1, 4)):
            text, make = self.any(depth)
            plain = not any(word in text for word in (" | ", " where "))
            if fields and plain and self.rng.random() < 0.3:
                name, text, make = name + OPTIONAL, text + "?", (lambda make=make: None if self.rng.random() < 0.4 else make())
            fields.append((name, text, make))
        return "{" + ", ".join(f"{n}: {t}" for n, t, _ in fields) + "}", lambda: {n: m() for n, _, m in fields}

    def kinds(self, depth):
        text, make = self.int()
        kinds = [lambda: {"kind": "one", "count": make()}, lambda: {"kind": "two", "text": "x"}]
        return f'{{kind: "one", count: {text}}} | {{kind: "two", text: string}}', lambda: self.rng.choice(kinds)()

    def named(self):
        return self.rng.choice([
            ("Mood", lambda: self.rng.choice(["calm", "tense"])),
            ("Shape", lambda: self.rng.choice([{"kind": "dot"}, {"kind": "disc", "radius": 2}])),
            ("Tree", lambda: self.tree(2)),
        ])

    def tree(self, depth):
        children = [self.tree(depth - 1) for _ in range(self.rng.randint(0, 2))] if depth else []
        return {"name": self.rng.choice(WORDS), "children": children, "note_or_null": self.rng.choice([None, "x"])}


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for name in value:
            yield from places(value[name], path + (name,))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], path + (index,))


def at(value, path):
    for part in path:
        value = value[part]
    return value


def changed(value, rng):
    """The value with something else at one place; mostly not of its type any more."""
    value = copy.deepcopy(value)
    path = rng.choice(list(places(value)))
    found = at(value, path)
    if isinstance(found, dict) and rng.random() < 0.6:
        required = [name for name in found if not name.endswith(OPTIONAL)]
        if required and rng.random() < 0.5:
            del found[rng.choice(required)]
        else:
            found["unasked"] = 1
        return value
    other = rng.choice([None, True, False, 0, -99, 3.5, 1e6, "", "zebra", "5", "CALM", "x" * 40, [], {}, [1], ["a"], [found], {"wrapped": found}])
    if not path:
        return other
    at(value, path[:-1])[path[-1]] = other
    return value


def run(*words, input=None):
    return subprocess.run([WEIR, *words], input=input, capture_output=True, text=True)


def schema_of(type, file):
    done = run("schema", "--type", type, "--types", file)
    assert done.returncode == 0, (type, done.stderr)
    return json.loads(done.stdout)


def taken_as_it_is(type, file, values):
    """For each value, whether it is of the type and meets its conditions, with nothing understood otherwise."""
    lines = "".join(json.dumps(json.dumps(value, ensure_ascii=False)) + "\n" for value in values)
    done = run("parse", "--type", type, "--types", file, "--jsonl", input=lines)
    assert done.returncode in (0, 4), (type, done.stderr)
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(values), (type, done.stdout)
    return [result.get("certainty") == "exact" and result["place"] == "whole" for result in results]


def every_schema_is_a_schema(cases, file):
    for type, _ in cases:
        Draft202012Validator.check_schema(schema_of(type, file))


def both_agree(cases, file):
    compared = held = 0
    wrong = []
    for type, values in cases:
        validator = Draft202012Validator(schema_of(type, file))
        for value, takes in zip(values, taken_as_it_is(type, file, values)):
            holds = validator.is_valid(value)
            compared += 1
            held += holds
            if holds != takes:
                wrong.append((type, json.dumps(value, ensure_ascii=False), f"jsonschema: {holds}, weir: {takes}"))
    assert compared >= 1000 and compared * 0.2 < held < compared * 0.8, (compared, held)
    assert not wrong, (len(wrong), compared, wrong[:12])


def what_is_absent_and_optional_holds_with_null(file):
    type = "{name: string, age: int?}"
    validator = Draft202012Validator(schema_of(type, file))
    assert taken_as_it_is(type, file, [{"name": "Ada"}, {"age": 1}]) == [True, False]
    assert validator.is_valid({"name": "Ada", "age": None}) and not validator.is_valid({"name": "Ada"})


def main():
    rng = random.Random(SEED)
    types = Types(rng)
    cases = []
    for _ in range(TYPES):
        text, make = types.top()
        values = [make() for _ in range(VALUES // 2)]
        cases.append((text, values + [changed(value, rng) for value in values]))
    with tempfile.TemporaryDirectory() as folder:
        file = str(pathlib.Path(folder) / "types.flow")
        pathlib.Path(file).write_text(DECLARATIONS)
        return run_checks([
            ("schema every schema is a schema", lambda: every_schema_is_a_schema(cases, file)),
            (f"schema both agree on {TYPES * VALUES} values of {TYPES} types", lambda: both_agree(cases, file)),
            (
                "schema what is absent and optional holds with null",
                lambda: what_is_absent_and_optional_holds_with_null(file),
            ),
        ])


if __name__ == "__main__":
    sys.exit(main())
