"""Makes flows of any size. The same seed gives the same bytes."""

import random

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


def chain(count, url):
    """Steps of which each waits for the one before it."""
    steps = 'step s0 { model: "m", prompt: "Say 0" }\n'
    for i in range(1, count):
        steps += f'step s{i} {{ model: "m", prompt: "Say {{{{s{i - 1}}}}}" }}\n'
    return provider(url) + steps + f"output s{count - 1}\n"
