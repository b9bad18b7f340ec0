"""Measures Weir and prints each figure beside its target and its reference. See README.md."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import flows
import processes
import references
import servers
import texts
from processes import alternate, instructions, median, run

BODY = json.dumps({"model": "m", "messages": [{"role": "user", "content": "Say 0"}]})
HEADERS = ["-H", "Content-Type: application/json", "-H", "Authorization: Bearer bench"]
PATH = "/chat/completions"


class Table:
    """Prints a row as soon as it is known, and counts the targets that were missed."""

    def __init__(self):
        self.missed = []
        self.row("figure", "measured", "target", "reference", "")
        self.row("---", "---", "---", "---", "---")

    def row(self, *cells):
        widths = [46, 20, 18, 34, 8]
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |", flush=True)

    def add(self, figure, measured, target, holds, reference=""):
        if not holds:
            self.missed.append(figure)
        self.row(figure, measured, target, reference, "ok" if holds else "MISSED")

    def ratio(self, figure, ours, theirs, most, unit, reference):
        """Both in `unit`, the smaller the better."""
        of = ours / theirs
        self.add(
            figure, f"{ours:.2f} {unit} = {of:.2f} x", f"<= {most} x", of <= most,
            f"{reference} {theirs:.2f} {unit}")


class Bench:
    def __init__(self, options, folder, table):
        self.weir = options.weir
        self.bench = options.bench
        self.rounds = options.rounds
        self.folder = folder
        self.table = table
        os.environ["WEIR_BENCH_KEY"] = "bench"

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def flow(self, path, concurrency=64):
        """Runs a flow as a whole process."""
        return run([self.weir, "run", "--quiet", "--concurrency", str(concurrency), path])

    def curl(self, urls, *options):
        """Asks what the flow asks, by curl, as a whole process."""
        return run(["curl", "-s", "-f", *HEADERS, "-d", BODY, *options, *self.outputs(urls)])

    @staticmethod
    def outputs(urls):
        return [word for url in urls for word in ("-o", os.devnull, url)]

    def quick(self):
        """The server that answers at once."""
        program = servers.find_nginx()
        return servers.nginx(program, self.folder) if program else servers.mock(self.weir, self.folder)

    # Start-up and size

    def start(self):
        size = os.path.getsize(self.weir) / 1e6
        self.table.add("program size", f"{size:.1f} MB", "<= 20 MB", size <= 20)
        flow = self.write("short.flow", flows.short())
        self.compare_start("weir --version", [self.weir, "--version"])
        self.compare_start("weir check, 60 lines", [self.weir, "check", flow])

    def compare_start(self, figure, command):
        reference = ["curl", "--version"]
        ours, theirs = alternate(10 * self.rounds, lambda: run(command), lambda: run(reference))
        self.table.ratio(figure, median(ours) * 1e3, median(theirs) * 1e3, 0.6, "ms", "curl --version")
        counts = instructions(command), instructions(reference)
        if None not in counts:
            millions = [count / 1e6 for count in counts]
            self.table.ratio(f"  its instructions", *millions, 0.6, "M", "curl --version")

    # Reading flows, JSON, scheduling: in memory

    def memory(self):
        found = self.figures("syntax", self.write("large.flow", flows.realistic(10_000_000)))
        self.table.add("lexing 10 MB", f"{found['lex']} MB/s", ">= 500 MB/s", found["lex"] >= 500)
        self.table.row("parsing 10 MB", f"{found['parse']} MB/s", "", "", "")
        self.table.add("parse and check 10 MB", f"{found['check']} MB/s", ">= 60 MB/s", found["check"] >= 60)
        found = self.figures("syntax", self.write("own.flow", flows.own(10_000_000)))
        dense = f"lex {found['lex']}, parse {found['parse']}, parse and check {found['check']} MB/s"
        self.table.row("  our own flows, twice as dense", dense, "", "", "")
        found = self.figures("json")
        read, write = found["json_read"], found["json_write"]
        reference = self.python_json()
        self.table.add("JSON reading", f"{read} MB/s", ">= 350 MB/s", read >= 350, reference[0])
        self.table.add("JSON writing", f"{write} MB/s", ">= 500 MB/s", write >= 500, reference[1])
        found = self.figures("schedule")
        for kind, noun in ("plan", "the plan alone"), ("plan_for", "the plan alone, a loop of two steps"):
            times = [found[f"{kind}_{size}"] for size in (1_000, 10_000, 100_000)]
            self.table.add(
                f"{noun}, 1,000 / 10,000 / 100,000 steps", " / ".join(map(str, times)) + " ns a step",
                "<= 2000 ns, level", max(times) <= 2000)
        for kind, noun in ("run", "a run, answered at once"), ("run_for", "the same, a loop of two steps"):
            times = [found[f"{kind}_{size}"] for size in (1_000, 10_000, 100_000)]
            self.table.row(
                f"{noun}, 1,000 / 10,000 / 100,000", " / ".join(map(str, times)) + " ns a step", "", "", "")

    def figures(self, *words):
        lines = subprocess.run([self.bench, *words], check=True, capture_output=True, text=True).stdout
        return {name: int(value) for name, value in (line.split() for line in lines.splitlines())}

    @staticmethod
    def python_json():
        """The same work by orjson where it is installed, else by the standard library."""
        try:
            import orjson as library
        except ImportError:
            library = json
        text = json.dumps([servers.COMPLETION] * 1_000, separators=(",", ":"))
        value = library.loads(text)
        times = []
        for body in lambda: library.loads(text), lambda: library.dumps(value):
            rounds = []
            for _ in range(15):
                start = time.perf_counter()
                body()
                rounds.append(time.perf_counter() - start)
            times.append(sorted(rounds)[7])
        return [f"{library.__name__} {len(text) / 1e6 / taken:.0f} MB/s" for taken in times]

    # Reading answers

    def reading(self):
        folder = os.path.join(self.folder, "texts")
        os.makedirs(folder, exist_ok=True)
        for name, text in texts.all_texts().items():
            self.write(os.path.join("texts", name), text)
        found = {name: value / 1e3 for name, value in self.figures("reading", folder).items()}
        others = Others(self.folder, folder, self.table)
        for size in "1k", "100k", "10m":
            name, least = f"strict-{size}", size != "1k"
            self.speed(f"strict JSON, {size}", found[f"json_{name}"], 350 * least, others.all(name, "orjson"))
            self.speed("  written", found[f"write_{name}"], 500 * least, others.all(name, "orjson-write"))
            self.speed("  as an answer, by type", found[f"read_{name}"], 0, others.all(name, *FORGIVING))
        for size in "1k", "100k", "10m":
            name = f"fenced-{size}"
            self.answer(f"in a fence with prose, {size}", found, name, 50 * (size != "1k"), others)
        for number, damage in enumerate(texts.DAMAGES):
            self.answer(f"broken: {damage}, 100k", found, f"broken{number}-100k", 50, others)
        for number, kind in enumerate(texts.WORST):
            self.speed(
                f"{kind}, 1m", found[f"read_worst{number}-1m"], 0, others.all(f"worst{number}-1m", *FORGIVING))
        kinds = [("fenced", "in a fence"), ("quotes", "unescaped quotes")]
        kinds += [(f"worst{number}", kind) for number, kind in enumerate(texts.WORST)]
        for name, kind in kinds:
            self.linear(f"{kind}, 1 / 2 / 4 MB", [found[f"read_{name}-{size}m"] for size in (1, 2, 4)])
        whole, pieces = found["whole_microseconds"], found["pieces_microseconds"]
        self.table.add(
            "1 MB in 200 pieces, a look after each", f"{pieces:.1f} ms = {pieces / whole:.2f} x", "<= 2 x",
            pieces <= 2 * whole, f"in one go {whole:.1f} ms")

    def answer(self, figure, found, name, least, others):
        """A text that means a list of rows, which must have been found."""
        if not found[f"found_{name}"]:
            self.table.add(figure, "not read", "", False)
        self.speed(figure, found[f"read_{name}"], least, others.all(name, *FORGIVING))

    def speed(self, figure, measured, least, reference):
        cell = f"{measured:.0f} MB/s"
        if least:
            self.table.add(figure, cell, f">= {least} MB/s", measured >= least, reference)
        else:
            self.table.row(figure, cell, "", reference, "")

    def linear(self, figure, speeds):
        self.table.add(
            figure, " / ".join(f"{speed:.0f}" for speed in speeds) + " MB/s", "level",
            min(speeds) >= 0.5 * max(speeds))

    # Asking over http

    def steps(self):
        with self.quick() as url:
            ask = url + PATH
            one = self.write("one.flow", flows.chain(1, url))
            ours, theirs = alternate(5 * self.rounds, lambda: self.flow(one), lambda: self.curl([ask]))
            self.table.ratio(
                "one step, whole process", median(ours) * 1e3, median(theirs) * 1e3, 1.5, "ms", "curl, one POST")
            self.chain(url, one)
            many = self.write("hundred.flow", flows.independent(100, url))
            ours, theirs = alternate(
                3 * self.rounds, lambda: self.flow(many, 100),
                lambda: self.curl([f"{ask}?[1-100]"], "-Z", "--parallel-max", "100"))
            self.table.ratio(
                "100 parallel steps, whole process", median(ours) * 1e3, median(theirs) * 1e3, 2, "ms", "curl -Z")

    def chain(self, url, one):
        more = 200
        long = self.write("chain.flow", flows.chain(more + 1, url))
        ask = url + PATH
        first, all, curl_first, curl_all = alternate(
            3 * self.rounds, lambda: self.flow(one), lambda: self.flow(long),
            lambda: self.curl([ask]), lambda: self.curl([f"{ask}?[0-{more}]"]))
        further = (median(all) - median(first)) / more * 1e3
        reference = (median(curl_all) - median(curl_first)) / more * 1e3
        self.table.add(
            "each further step of a chain", f"{further:.3f} ms", "<= 0.15 ms", further <= 0.15,
            f"curl on a kept connection {reference:.3f} ms")

    def throughput(self):
        with self.quick() as url:
            for count, rounds in (1_000, 2 * self.rounds), (100_000, 1):
                flow = self.write("many.flow", flows.independent(count, url))
                glob = f"{url}{PATH}?[1-{count}]"
                ours, theirs = alternate(
                    rounds, lambda: self.flow(flow, 64),
                    lambda: self.curl([glob], "-Z", "--parallel-max", "64"))
                rate, reference = count / median(ours), count / median(theirs)
                self.table.add(
                    f"{count:,} steps at 64", f"{rate:,.0f}/s = {rate / reference:.2f} x", ">= 0.5 x",
                    rate / reference >= 0.5, f"curl -Z {reference:,.0f}/s")
                if count == 100_000:
                    peak = max(taken.memory for taken in ours) / 1e6
                    self.table.add("  memory, answers of 600 bytes", f"{peak:.0f} MB", "<= 150 MB", peak <= 150)
            flow = self.write("many.flow", flows.independent(10_000, url))
            peak = self.flow(flow, 64).memory / 1e6
            self.table.add("10,000 steps, 600 bytes each, memory", f"{peak:.0f} MB", "<= 50 MB", peak <= 50)

    def loops(self):
        """A `for` with a body of two steps."""
        with self.quick() as url:
            for elements, rounds in (500, 2 * self.rounds), (5_000, self.rounds), (50_000, 1), (100_000, 1):
                count = 2 * elements
                flow = self.write("loop.flow", flows.looped(elements, url))
                glob = f"{url}{PATH}?[1-{count}]"
                ours, theirs = alternate(
                    rounds, lambda: self.flow(flow, 64),
                    lambda: self.curl([glob], "-Z", "--parallel-max", "64"))
                rate, reference = count / median(ours), count / median(theirs)
                self.table.add(
                    f"a loop of {elements:,}, two steps each, at 64", f"{rate:,.0f}/s = {rate / reference:.2f} x",
                    ">= 0.5 x", rate / reference >= 0.5, f"curl -Z {reference:,.0f}/s")
                peak = max(taken.memory for taken in ours) / 1e6
                if count == 100_000:
                    self.table.add("  memory, answers of 600 bytes", f"{peak:.0f} MB", "<= 150 MB", peak <= 150)
                else:
                    self.table.row("  memory, answers of 600 bytes", f"{peak:.0f} MB", "", "", "")

    def files(self):
        """A thousand files of sixty lines in one call."""
        folder = os.path.join(self.folder, "files")
        os.makedirs(folder, exist_ok=True)
        for number in range(1_000):
            self.write(os.path.join("files", f"{number}.flow"), flows.short())
        for command in ["check"], ["fmt", "--check"]:
            taken = median([run([self.weir, *command, folder], allowed=(0, 4)) for _ in range(self.rounds)])
            name = " ".join(command)
            self.table.add(f"weir {name} of 1,000 files", f"{taken:.2f} s", "< 1 s", taken < 1)

    def waiting(self):
        with servers.mock(self.weir, self.folder, "500ms") as url:
            for count, most, ideal, rounds in (1_000, 0.75, 0.5, self.rounds), (10_000, 5.6, 5.0, 1):
                flow = self.write("slow.flow", flows.independent(count, url))
                takens = [self.flow(flow, 1_000) for _ in range(rounds)]
                wall, peak = median(takens), max(taken.memory for taken in takens) / 1e6
                allowed = 20 + 0.002 * 1_000 + 0.0006 * count
                self.table.add(
                    f"{count:,} steps of 500 ms at 1,000", f"{wall:.2f} s", f"<= {most} s", wall <= most, f"ideal {ideal} s")
                self.table.row("  processor and memory", f"{median(takens, 'processor'):.2f} s, {peak:.0f} MB", "", "", "")
        self.idle()

    def streams(self):
        """How long pieces take from the server to who watches; the first ones, and a thousand streams at once."""
        with servers.pieces(50, 10) as url:
            ours = self.delays(url, 16, 20)
            reference = servers.delays_of_curl(url + PATH, 16, 5)
            for name, most in ("p50", 0.1), ("p99", 0.5):
                delay = float(ours[f"first-{name}"]) / 1e3
                self.table.add(
                    f"first piece, 16 streams, {name}", f"{delay:.3f} ms", f"<= {most} ms", delay <= most,
                    f"curl -N {reference[name]:.3f} ms")
        with servers.pieces(200, 20) as url:
            ours = self.delays(url, 1_000, 1)
            wall, ideal = float(ours["wall-1"]) / 1e3, 4.0
            self.table.add(
                "1,000 streams of 200 pieces at 20 ms", f"{wall:.2f} s", f"<= {1.25 * ideal} s", wall <= 1.25 * ideal,
                f"ideal {ideal} s")

    def delays(self, url, streams, rounds):
        command = [self.bench, "streams", url, str(streams), str(rounds)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return dict(line.split(" ", 1) for line in output.splitlines())

    def idle(self):
        """What a hundred open requests cost while nothing happens."""
        with servers.mock(self.weir, self.folder) as url:
            at_once = self.flow(self.write("idle.flow", flows.independent(100, url)), 100).processor
        with servers.mock(self.weir, self.folder, "3s") as url:
            later = self.flow(self.write("idle.flow", flows.independent(100, url)), 100)
        share = max(0, later.processor - at_once) / 3 * 100
        self.table.add("processor while 100 steps wait 3 s", f"{share:.2f} % of a core", "< 1 %", share < 1)


class Others:
    """What other libraries take for the same texts, in an environment of Python that is made for it."""

    def __init__(self, folder, texts_folder, table):
        self.texts = texts_folder
        self.folder = folder
        environment = os.path.join(folder, "venv")
        self.python = os.path.join(environment, "bin", "python")
        commands = (
            [sys.executable, "-m", "venv", environment],
            [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *references.PACKAGES])
        try:
            for command in commands:
                subprocess.run(command, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as failure:
            self.python = None
            table.row("  other libraries are skipped", str(failure)[:60], "", "", "")

    def all(self, name, *libraries):
        return ", ".join(filter(None, (self.one(name, library) for library in libraries)))

    def one(self, name, library):
        if self.python is None:
            return ""
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "references.py")
        command = [self.python, script, library, os.path.join(self.texts, name)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=10, cwd=self.folder)
        except subprocess.TimeoutExpired:
            return f"{library} over 10 s"
        if done.returncode:
            return f"{library} fails"
        none = " (nothing)" if "read as nothing" in done.stderr else ""
        return f"{library} {float(done.stdout):.3g}{none}"


FORGIVING = ["json_repair", "baml-py"]
SECTIONS = ["start", "memory", "reading", "steps", "throughput", "loops", "waiting", "streams", "files"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weir")
    parser.add_argument("sections", nargs="*", help=", ".join(SECTIONS), metavar="section")
    parser.add_argument("--bench", required=True, help="the program weir-bench")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"there is no section {unknown[0]}; there are {', '.join(SECTIONS)}")
    options.weir = os.path.abspath(options.weir)
    table = Table()
    with tempfile.TemporaryDirectory(prefix="weir-bench-") as folder:
        bench = Bench(options, folder, table)
        for name in options.sections or SECTIONS:
            getattr(bench, name)()
    if table.missed:
        print("\nmissed: " + ", ".join(name.strip() for name in table.missed))
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
