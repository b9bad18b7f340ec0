"""Makes the answers that are read: rows as JSON, whole and damaged, and what is no answer."""

import json
import random

WORDS = "harbour dusk stones light warm naïve reader asks for a line of the letter and gets two".split()

# How the type is called in BAML; `ReadingFigures.swift` has the same.
BAML_TYPE = """
class Row {
  id int
  title string
  tags string[]
  score float
  note string?
  done bool
}
"""


def row(number, draw):
    words = lambda count: " ".join(draw.choice(WORDS) for _ in range(count))
    return {
        "id": number, "title": words(6), "tags": [words(1) for _ in range(3)],
        "score": round(draw.uniform(0, 100), 2), "note": words(20) if number % 3 else None,
        "done": number % 2 == 0,
    }


def rows(size, indent=1):
    """A list of about `size` bytes."""
    draw = random.Random(1)
    made, length = [], 0
    while length < size:
        made.append(row(len(made), draw))
        length += len(json.dumps(made[-1], ensure_ascii=False, indent=indent).encode()) + 30
    return made


def strict(size):
    return json.dumps(rows(size), ensure_ascii=False, indent=1)


def fenced(size):
    return f"Sure! Here are the rows:\n\n```json\n{strict(size)}\n```\n\nLet me know if [more] is needed.\n"


def lines(size, change):
    """The strict text with each line changed."""
    return "\n".join(change(line) for line in strict(size).split("\n"))


def value_of(line, change):
    """Changes what is between the quotes of a title or note."""
    head, mark, text = line.partition(': "')
    if not mark or not head.strip().strip('"') in ("title", "note"):
        return line
    text, quote, tail = text.rpartition('"')
    return f'{head}{mark}{change(text)}{quote}{tail}'


def unquoted_key(line):
    head, mark, tail = line.partition('": ')
    return head.replace('"', "") + ": " + tail if mark else line


def other_words(line):
    for word, other in ("true", "True"), ("false", "False"), ("null", "None"):
        line = line.replace(f": {word}", f": {other}")
    return line


def curly(line):
    parts = line.split('"')
    text = parts[0]
    for place, part in enumerate(parts[1:]):
        text += ("“" if place % 2 == 0 else "”") + part
    return text


DAMAGES = {
    "no commas": lambda size: lines(size, lambda line: line.removesuffix(",")),
    "trailing commas": lambda size: strict(size).replace("\n ]", ",\n ]").replace("\n }", ",\n }"),
    "a missing brace": lambda size: strict(size).rstrip().removesuffix("]").rstrip().removesuffix("}") + "]",
    "single quotes": lambda size: strict(size).replace('"', "'"),
    "curly quotes": lambda size: lines(size, curly),
    "unquoted keys": lambda size: lines(size, unquoted_key),
    "comments": lambda size: lines(size, lambda line: line + "  // as asked" if line.endswith(",") else line),
    "raw line breaks": lambda size: lines(size, lambda line: value_of(line, lambda text: text.replace(" ", "\n", 1))),
    "unescaped quotes": lambda size: lines(
        size, lambda line: value_of(line, lambda text: text.replace(" ", ' "so" ', 1))),
    "words of Python": lambda size: lines(size, other_words),
}


def prose(size):
    draw = random.Random(2)
    text = []
    length = 0
    while length < size:
        sentence = " ".join(draw.choice(WORDS) for _ in range(12)).capitalize() + ". "
        text.append(sentence)
        length += len(sentence.encode())
    return "".join(text)


WORST = {
    "prose without JSON": prose,
    "[[[[…": lambda size: "[" * size,
    '{"a":{"a":…': lambda size: '{"a":' * (size // 5),
}


def all_texts():
    """By its name, each text; a name is a word, what is in it stands before the last dash."""
    texts = {}
    for name, size in ("1k", 1_000), ("100k", 100_000), ("10m", 10_000_000):
        texts[f"strict-{name}"] = strict(size)
        texts[f"fenced-{name}"] = fenced(size)
    for number, damage in enumerate(DAMAGES.values()):
        texts[f"broken{number}-100k"] = damage(100_000)
    for megabytes in 1, 2, 4:
        texts[f"fenced-{megabytes}m"] = fenced(megabytes * 1_000_000)
        texts[f"quotes-{megabytes}m"] = DAMAGES["unescaped quotes"](megabytes * 1_000_000)
        for number, make in enumerate(WORST.values()):
            texts[f"worst{number}-{megabytes}m"] = make(megabytes * 1_000_000)
    return texts
