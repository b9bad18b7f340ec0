"""Makes flows of any size. The same seed gives the same bytes."""

import glob
import os
import random
import re

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

WORDS = (
    "the a picture of river stone light model answer prompt short long warm reader explain detail "
    "list summary note careful please write every name value result because without between café "
    "harbour naïve 10 %"
).split()

ITEM = """type Item{i} {{
  title: string where it.count <= 60 "A headline, without quotes"
  body: string
  mood: "calm" | "loud" | "plain"
  tags: [string] where it.count in 1...5
}}

step step_{i} -> Item{i} {{
  temperature: 0.7
  prompt: \"\"\"
    Write a {{{{tone}}}} post about this:

    {{{{{ref}}}}}

    {a}
    {b}
    \"\"\"
}}

"""

LET = """let value_{i} = if {ref}.count > 10 then {ref}.truncate(20) else "short"

"""

STEP = """# {a}
step step_{i} {{
  system: "Only answer the question. No markdown."
  max_tokens: 400
  prompt: \"\"\"
    {b}
    {{{{ if tone == "warm" }}}}
    {a}
    {{{{ end }}}}
    {c}
    {d} {{{{ {ref} }}}}
    {b}
    \"\"\"
}}

"""


ENTRY = re.compile(r"^(?=[a-z]+\b|#)", re.M)
ONCE = re.compile(r"(about|defaults)\b")
ALONE = re.compile(r"^(use|limits|models|provider)\b", re.M)
DECLARED = re.compile(r"^\s*(?:input|type|step|let|repeat|output)\s+(\w+)", re.M)
CODE = re.compile(r'#[^\n]*|"""|"|\}\}|\.{3}|\.?\w+|\s+|.', re.S)
TEXT = {'"': re.compile(r'(?:\\.|\{(?!\{)|[^"\\{])*', re.S), '"""': re.compile(r'(?:\\.|\{(?!\{)|"(?!"")|[^"\\{])*', re.S)}


def own(size):
    """The flows of the project one after the other, over and over, of at least so many bytes in all.

    The names that a flow declares get the number of the round, so that none is declared twice. What a
    file has only once stands at its head (`about`, `defaults`), or gets a name (`output`, also
    where the last step is meant without one)."""
    flows = []
    for folder in "workflows", "stdlib":
        for path in sorted(glob.glob(os.path.join(ROOT, folder, "**", "*.flow"), recursive=True)):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            if not ALONE.search(text):
                flows.append(marked(text))
    parts = ['about "The flows of the project."\n\ndefaults { model: "google/gemini-2.5-flash" }\n\n']
    written, i = 0, 0
    while written < size:
        part = flows[i % len(flows)].replace("\0", f"_{i}") + "\n"
        parts.append(part)
        written += len(part.encode())
        i += 1
    return "".join(parts)


def marked(text):
    """A flow with U+0000 behind each name of its own, in its code and in the code of its tags."""
    text = "".join(entry for entry in ENTRY.split(text) if not ONCE.match(entry))
    text = re.sub(r"^output (?!\w+ =)", "output result = ", text, flags=re.M)
    if "\noutput " not in text:
        text += f"\noutput result = {DECLARED.findall(text)[-1]}\n"
    names = set(DECLARED.findall(text))
    made, at, open = [], 0, []
    while at < len(text):
        if open and open[-1] in TEXT:
            end = TEXT[open[-1]].match(text, at).end()
            sign = "{{" if text.startswith("{{", end) else open.pop()
            if sign == "{{":
                open.append(sign)
            made.append(text[at:end] + sign)
            at = end + len(sign)
            continue
        word = CODE.match(text, at).group()
        at += len(word)
        if word in TEXT:
            open.append(word)
        elif word == "}}" and open:
            open.pop()
        isField = text.startswith(":", at) and not "".join(made[-2:]).startswith(("input", "let"))
        made.append(word + "\0" if word in names and not isField else word)
    return "".join(made)


def realistic(size, seed=7):
    """A flow as people write them, of at least so many bytes: prompts of some lines, types, lets,
    comments, each entry naming one of the last few, so that nearly every answer is used."""
    dice = random.Random(seed)

    def sentence(count):
        return " ".join(dice.choices(WORDS, k=count)).capitalize() + "."

    parts = [
        'about "A made flow."\n\n'
        'input topic: string "What it is about"\ninput tone: string = "warm"\n\n'
        'defaults { model: "google/gemini-2.5-flash" }\n\n'
    ]
    written, i, ref, names = 0, 0, "topic", []
    while written < size:
        i += 1
        texts = dict(a=sentence(9), b=sentence(25), c=sentence(40), d=sentence(35))
        kind = ITEM if i % 4 == 0 else LET if i % 5 == 0 else STEP
        part = kind.format(i=i, ref=ref, **texts)
        ref = f"step_{i}.title" if kind is ITEM else f"value_{i}" if kind is LET else f"step_{i}"
        names.append(ref)
        parts.append(part)
        written += len(part.encode())
    return "".join(parts) + f"output {ref}\n"


def short():
    """About sixty lines: what somebody checks at each save."""
    lines = realistic(1).splitlines()
    size = 100
    while len(lines) < 60:
        size += 100
        lines = realistic(size).splitlines()
    return "\n".join(lines) + "\n"


def provider(url):
    return f'provider bench {{ kind: "openai", url: "{url}", key: env("WEIR_BENCH_KEY") }}\n'


def independent(count, url):
    """Steps that do not know each other, all of whose answers are used."""
    steps = "".join(f'step s{i} {{ model: "m", prompt: "Say {i}" }}\n' for i in range(count))
    names = ", ".join(f"s{i}" for i in range(count))
    return provider(url) + steps + f"let all = [{names}]\noutput all.count\n"


def looped(count, url):
    """A body of two steps for each element of a list, of which the second waits for the first."""
    return provider(url) + (
        f"for n in 1...{count} {{\n"
        '  step first { model: "m", prompt: "Say {{n}}" }\n'
        '  step second { model: "m", prompt: "Say {{first}}" }\n'
        "}\n\noutput second.count\n")


def chain(count, url):
    """Steps of which each waits for the one before it."""
    steps = 'step s0 { model: "m", prompt: "Say 0" }\n'
    for i in range(1, count):
        steps += f'step s{i} {{ model: "m", prompt: "Say {{{{s{i - 1}}}}}" }}\n'
    return provider(url) + steps + f"output s{count - 1}\n"
