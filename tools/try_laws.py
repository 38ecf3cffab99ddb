"""Break each law of docs/laws.md in a copy, by one line, and see whether its test notices."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CELL = r"(?:`(.+?)`)"
ROW = re.compile(rf"^\| (.+?) \| {CELL} \| {CELL} \| {CELL} \| {CELL} \|$")


def rows() -> list[tuple[str, str, str, str, str]]:
    """Return law, test, file, line and changed line of each row."""
    found = [ROW.match(line) for line in (ROOT / "docs/laws.md").read_text().splitlines()]
    return [match.groups() for match in found if match]  # type: ignore[misc]


def copy_of_the_house(folder: Path) -> None:
    """Copy what git knows."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def notices(folder: Path, test: str, file: str, line: str, changed: str) -> str:
    """Return what became of one change: noticed, not noticed, or no such line."""
    text = (folder / file).read_text()
    if line not in text:
        return "no such line"
    (folder / file).write_text(text.replace(line, changed, 1))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", test],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        (folder / file).write_text(text)
    return "noticed" if done.returncode == 1 else f"NOT noticed ({done.returncode})"


def main() -> int:
    """Try every row, or those whose text holds a word given."""
    words = sys.argv[1:]
    bad = 0
    with tempfile.TemporaryDirectory(prefix="enid-laws-") as place:
        folder = Path(place)
        copy_of_the_house(folder)
        for law, test, file, line, changed in rows():
            if words and not any(word in f"{law} {test} {file}" for word in words):
                continue
            verdict = notices(folder, test, file, line, changed)
            bad += verdict != "noticed"
            print(f"{verdict:<14} {law}: {file}", flush=True)
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
