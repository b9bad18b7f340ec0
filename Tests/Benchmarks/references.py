"""Reads texts with other libraries: `references.py LIBRARY FILE` prints how many MB/s.

It is called by `benchmark.py` with a Python that has them, one process a figure: some of them never end on
some texts.
"""

import os
import sys
import time
import types

import texts

LIBRARIES = ["orjson", "json_repair", "baml-py"]
# BAML's runtime looks for pydantic, of which nothing is used.
PACKAGES = LIBRARIES + ["pydantic"]
BAML = texts.BAML_TYPE + """
client<llm> Nobody {
  provider openai
  options {
    model "none"
    api_key "none"
  }
}
function Read(text: string) -> Row[] {
  client Nobody
  prompt #"{{ text }}"#
}
"""


def baml():
    os.environ["BAML_LOG"] = "off"
    from baml_py import BamlRuntime

    class Row:
        """Takes the fields as they come, so that only the parser is measured."""

        @classmethod
        def model_validate(cls, fields):
            return fields

    runtime = BamlRuntime.from_files("baml_src", {"main.baml": BAML}, {})
    module = types.ModuleType("types")
    module.Row = Row
    context = runtime.create_context_manager()
    return lambda text: runtime.parse_llm_response(
        "Read", text, module, module, module, False, context, None, None, {})


def reader(library):
    if library == "orjson":
        import orjson
        return orjson.loads
    if library == "orjson-write":
        import orjson
        return orjson.dumps
    if library == "json_repair":
        import json_repair
        return json_repair.loads
    return baml()


def main():
    library, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    size = len(text.encode())
    read = reader(library)
    subject = text
    if library == "orjson-write":
        import orjson
        subject = orjson.loads(text)
        size = len(orjson.dumps(subject))
    found = read(subject)
    if library in ("json_repair", "baml-py") and not (isinstance(found, list) and found):
        print("read as nothing", file=sys.stderr)
    repeats = max(1, 20_000 // max(1, size)) if library != "baml-py" else 1
    times = []
    began = time.perf_counter()
    while len(times) < 15 and (len(times) < 3 or time.perf_counter() - began < 2):
        start = time.thread_time()
        for _ in range(repeats):
            read(subject)
        times.append((time.thread_time() - start) / repeats)
    print(size / 1e6 / sorted(times)[len(times) // 2])


if __name__ == "__main__":
    main()
