"""No trace: words are planted wherever one can type during a session; then every file of the server is searched."""

import gzip
import http.cookiejar
import re
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.integration.room.house import House, Meeting
from tests.integration.room.test_forgetting import bytes_of, end
from tests.integration.room.test_lines import to_the_work
from tests.integration.site.test_commands import ENID, clean_environment, until

# Where docs/privacy.md says that a word may be kept: planted word -> table.column
KEPT = {
    "plantedplace": "groups_group.place",
    "plantedguest": "meetings_guestpass.name",
    "plantedprofession": "people_person.profession",
}


class Browser:
    """A plain browser of one person: cookies, forms and their tokens."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.opener.addheaders = [("User-Agent", "Mozilla/5.0"), ("X-Planted", "plantedheader")]

    def get(self, path: str) -> str:
        try:
            with self.opener.open(f"http://localhost:{self.house.port}{path}") as page:
                return str(page.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def post(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1] if token else "", **fields}).encode()
        try:
            with self.opener.open(f"http://localhost:{self.house.port}{path}", body) as page:
                return str(page.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def sign_in(self, email: str) -> None:
        self.post("/account/login/", email=email)
        with sqlite3.connect(self.house.folder / "enid.sqlite3") as data:
            (text,) = data.execute(
                'SELECT body FROM people_letter WHERE "to" = ? ORDER BY id DESC', [email]
            ).fetchone()
        data.close()
        self.post("/account/login/code/", code=text.split("code is ")[1].split(".")[0])


def plant_on_pages(house: House, meeting: Meeting) -> None:
    """Type planted words into addresses, headers and forms, also where they are refused."""
    marta = Browser(house)
    for path in (
        "/plantedpath/",
        "/?q=plantedquery",
        "/join/plantedsecret/",
        "/guest/plantedsecret/",
        "/first/plantedsecret/",
    ):
        marta.get(path)
    marta.post("/account/login/", email="plantedwrong@")
    marta.sign_in("marta@example.org")
    marta.post("/me/", display_name="Marta", profession="plantedprofession", time_zone="UTC", language="")
    marta.post(
        "/me/", display_name="Marta", profession="x", time_zone="plantedzone", language="plantedlanguage"
    )
    marta.post(
        "/me/",
        display_name="Marta",
        profession="plantedprofession",
        time_zone="UTC",
        language="",
        case="plantedcase",
    )
    marta.post(f"/meetings/{meeting.id}/guests/", name="plantedguest", note="plantednote")
    marta.post(f"/meetings/{meeting.id}/after/", reflection="plantedreflection")


def plant_in_the_room(house: House, meeting: Meeting) -> None:
    """Say planted words in every field of a message that takes words, and in many that do not."""
    marta, ruth, anna = meeting.enter_all("Marta Ruth Anna")
    marta.does("whisper", text="plantedwhisper")
    ruth.hears("whisper")
    for message in (
        '{"t": "plantedbroken',
        {"t": "plantedtype", "id": "a"},
        {"t": "word", "id": "b", "word": "plantedword"},
        {"t": "touch", "id": "c", "side": "plantedside", "on": True},
        {"t": "step_out", "id": "plantedid", "note": "plantedfield"},
        {"t": "ask_out", "id": "e", "seat": meeting.seats["Marta"], "word": "plantedaside"},
        {"t": "name_deputy", "id": "d", "seat": "plantedseat"},
    ):
        anna.raw(message)
        assert anna.hears("refused")["code"] in (
            "bad_json",
            "unknown",
            "bad_field",
            "not_a_leader",
            "unknown_seat",
        )
    anna.does("on_call", on=True)
    house.line(meeting.id).raw({"t": "join", "ticket": "plantedticket", "v": 0})
    to_the_work(meeting, marta)
    marta.does("close_now")


def test_no_planted_word_is_found_but_where_it_is_promised(own_house: Callable[..., House]) -> None:
    house = own_house(on_postgres=False)
    environment = clean_environment(**{name: value for name, value in house.settings.items() if value})
    for command in (
        ["collectstatic", "--noinput", "-v0"],
        ["createcachetable"],
    ):  # what `enid up` does for its pages
        subprocess.run([*ENID, *command], env=environment, check=True)
    meeting = Meeting(house, place="plantedplace")
    plant_on_pages(house, meeting)
    plant_in_the_room(house, meeting)
    end(house, meeting)
    until(lambda: b"PresenterMarked" not in bytes_of(house.folder), "the close")
    house.stop()
    subprocess.run(
        [*ENID, "backup", str(house.folder / "copy.gz")],
        env=environment,
        check=True,
        capture_output=True,
    )

    rest = bytes_of(house.folder) + gzip.decompress((house.folder / "copy.gz").read_bytes())
    for word, place in KEPT.items():
        assert _stands_in(house.folder, word, place), f"{word} should stand in {place}"
        rest = rest.replace(word.encode(), b"")
    assert set(re.findall(rb"planted[a-z]+", rest)) == set()
    assert "planted" not in house.writes()


def _stands_in(folder: Path, word: str, place: str) -> bool:
    table, column = place.split(".")
    with sqlite3.connect(folder / "enid.sqlite3") as data:
        rows = data.execute(
            f"SELECT 1 FROM {table} WHERE {column} = ?",  # noqa: S608 - our own names
            [word],
        ).fetchall()
    data.close()
    return bool(rows)
