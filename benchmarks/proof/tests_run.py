"""A proof that is tests: the same as in `make test`, at the size of a proof."""

import base64
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.proof import ROOT, Line, Outcome

_STATISTICS = "hypothesis-statistics-"


def run_tests(tests: str, minutes: float, share: float, seed: int) -> Outcome:
    """What pytest reports of `tests`. One that does not end in its time has failed."""
    environment = {
        **os.environ,
        "SKILLNAD_PROOF": "1",
        "SKILLNAD_PROOF_SHARE": str(share),
        "SKILLNAD_PROOF_SEED": str(seed),
    }
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="skillnad-proof-") as folder:
        report = Path(folder) / "report.xml"
        options = ["-q", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}", f"--junitxml={report}"]
        options += ["-o", "junit_family=xunit1"]  # the newer form has no room for what a test records
        command = [sys.executable, "-m", "pytest", *options, tests]
        environment["HYPOTHESIS_STORAGE_DIRECTORY"] = folder  # none of an earlier run's examples
        try:
            subprocess.run(command, cwd=ROOT, env=environment, timeout=60 * minutes, check=False)
        except subprocess.TimeoutExpired:
            return Outcome([Line(tests, f"not at its end in {minutes:g} minutes", 60 * minutes, False)], 60 * minutes)
        lines = read_report(report.read_text("utf-8")) if report.exists() else []
    return Outcome(lines or [Line(tests, "nothing", 0, False)], time.perf_counter() - begun)


def read_report(report: str) -> list[Line]:
    """A line a test of pytest's JUnit report."""
    suite = ElementTree.fromstring(report)  # our own pytest wrote it
    examples = {
        name.removeprefix(_STATISTICS).split("::")[-1]: _examples(base64.b64decode(value).decode())
        for name, value in _properties(suite)
        if name.startswith(_STATISTICS)
    }
    return [_line(case, examples) for case in suite.iter("testcase")]


def _line(case: ElementTree.Element, examples: dict[str, int]) -> Line:
    name = case.get("name", "")
    told = [f"{value} {each}" for each, value in _properties(case)]
    if name in examples:
        told.append(f"{examples[name]} random instances")
    held = not any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
    return Line(name.removeprefix("test_").replace("_", " "), ", ".join(told) or "1", float(case.get("time", 0)), held)


def _properties(of: ElementTree.Element) -> list[tuple[str, str]]:
    return [(each.get("name", ""), each.get("value", "")) for each in of.iter("property")]


def _examples(statistics: str) -> int:
    """How many that hypothesis made were let through and tried, whatever came of them."""
    return sum(int(passed) + int(failed) for passed, failed in re.findall(r"(\d+) passing, (\d+) failing", statistics))
