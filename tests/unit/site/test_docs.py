"""What the documents promise about the code is checked here."""

import re
from pathlib import Path

import pytest

from enid.site import env, settings  # noqa: F401 - reading the settings registers every variable

ROOT = Path(__file__).resolve().parents[3]


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(ENID_\w+)` \|(.*?)\|", (ROOT / "docs/deploy.md").read_text(), flags=re.M))
    assert {name: default.strip("` ") for name, default in rows.items()} == {
        name: setting.default
        for name, setting in env.REGISTRY.items()
        if name.startswith("ENID_") and name != "ENID_T"
    }


def test_every_dependency_earns_a_line() -> None:
    text = (ROOT / "docs/architecture.md").read_text().lower()
    names = re.findall(
        r"^([a-z][a-z0-9-]+)",
        (ROOT / "requirements/run.in").read_text() + (ROOT / "requirements/dev.in").read_text(),
        flags=re.M,
    )
    assert [name for name in names if name.lower() not in text] == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_locked_requirements_are_hashed_and_name_no_host(name: str) -> None:
    lock = (ROOT / "requirements" / name).read_text()
    pins = re.findall(r"^[a-z0-9-]+==", lock, flags=re.M)
    assert len(pins) > 10
    assert "://" not in lock
    assert lock.count("--hash=sha256:") >= len(pins)


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name} points to {target}"
