from pathlib import Path

import pytest

from enid.site import env


def test_text_takes_the_variable_over_the_default() -> None:
    assert env.text("ENID_T", "quiet", "help", {"ENID_T": " loud "}) == "loud"
    assert env.text("ENID_T", "quiet", "help", {}) == "quiet"


def test_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from-a-file\n")
    assert env.text("ENID_T", "", "help", {"ENID_T_FILE": str(file)}) == "from-a-file"


def test_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(env.BadSetting, match="ENID_T_FILE names /nowhere"):
        env.text("ENID_T", "", "help", {"ENID_T_FILE": "/nowhere"})


@pytest.mark.parametrize(
    ("word", "meaning"), [("yes", True), ("ON", True), ("1", True), ("no", False), ("off", False), ("", True)]
)
def test_flag_reads_plain_words(word: str, meaning: bool) -> None:
    assert env.flag("ENID_T", True, "help", {"ENID_T": word}) is meaning


@pytest.mark.parametrize("held", ["perhaps", "2", "-"])
def test_flag_refuses_anything_else_and_says_so(held: str) -> None:
    with pytest.raises(env.BadSetting, match=r"ENID_T holds .* It may hold yes or no"):
        env.flag("ENID_T", False, "help", {"ENID_T": held})


@pytest.mark.parametrize("held", ["0", "17", "two", "1.5"])
def test_number_refuses_what_is_out_of_range(held: str) -> None:
    with pytest.raises(env.BadSetting, match="a whole number from 1 to 16"):
        env.number("ENID_T", 2, 1, 16, "help", {"ENID_T": held})


def test_url_loses_its_last_slash() -> None:
    assert env.url("ENID_T", "", ("https",), "help", {"ENID_T": "https://a.example/"}) == "https://a.example"


@pytest.mark.parametrize("held", ["a.example", "ftp://a.example", "https:"])
def test_url_refuses_other_schemes(held: str) -> None:
    with pytest.raises(env.BadSetting, match="begins with https:"):
        env.url("ENID_T", "", ("https",), "help", {"ENID_T": held})


def test_choice_names_what_may_be_chosen() -> None:
    with pytest.raises(env.BadSetting, match="invited or open"):
        env.choice("ENID_T", "invited", ("invited", "open"), "help", {"ENID_T": "closed"})


def test_ways_are_separated_by_commas() -> None:
    held = "turn:turn.example.org, turns:turn.example.org:443?transport=tcp,turn:[2001:db8::1]:3478"
    assert env.ways("ENID_T", ("turn", "turns"), "help", {"ENID_T": held}) == (
        "turn:turn.example.org",
        "turns:turn.example.org:443?transport=tcp",
        "turn:[2001:db8::1]:3478",
    )
    assert env.ways("ENID_T", ("turn", "turns"), "help", {}) == ()


@pytest.mark.parametrize(
    "held", ["turn.example.org", "stun:a.example", "turn://a.example", "turn:a b", "turn:"]
)
def test_ways_refuse_what_a_browser_would_refuse(held: str) -> None:
    with pytest.raises(env.BadSetting, match="addresses such as turn:host:3478"):
        env.ways("ENID_T", ("turn", "turns"), "help", {"ENID_T": held})
