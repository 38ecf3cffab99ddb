"""Every page of the people chapter, as a visitor, a person and an administrator; and bad input into every form."""

import pytest
from django.test import Client
from django.utils import timezone

from enid.people import operations
from enid.people.models import Letter, Person
from enid.people.urls import urlpatterns
from tests.cast import Cast, make_person
from tests.integration.people.test_signin import last_code, sign_in

pytestmark = pytest.mark.django_db

IN, HOME, ABSENT, PAGE = "to sign in", "home", 404, 200
TO_THE_CODE = "to where a code is asked for"

# Path: what a visitor, a person and an administrator find; all of them came in by a fresh code.
PAGES = {
    "/account/login/": (PAGE, HOME, HOME),
    "/account/login/code/": (IN, HOME, HOME),
    "/account/login/passkey/": (IN, HOME, HOME),
    "/account/signup/": (PAGE, HOME, HOME),
    "/account/signup/code/": (IN, "/me/address/", "/me/address/"),
    "/account/another-address/": (405, 405, 405),
    "/account/logout/": (HOME, PAGE, PAGE),
    "/account/inactive/": (PAGE, PAGE, PAGE),
    "/first/guess/": (ABSENT, ABSENT, ABSENT),
    "/recovery/guess/": (ABSENT, ABSENT, ABSENT),
    "/me/": (IN, PAGE, PAGE),
    "/me/confirm/": (IN, PAGE, PAGE),
    "/me/confirm/passkey/": (IN, "/me/confirm/", "/me/confirm/"),
    "/me/address/": (IN, PAGE, PAGE),
    "/me/passkeys/": (IN, PAGE, PAGE),
    "/me/passkeys/add/": (IN, PAGE, PAGE),
    "/me/passkeys/1/": (IN, ABSENT, ABSENT),
    "/me/passkeys/1/remove/": (IN, ABSENT, ABSENT),
    "/me/sessions/": (IN, PAGE, PAGE),
    "/me/sessions/end/": (IN, 405, 405),
    "/me/sessions/1/end/": (IN, 405, 405),
    "/me/export/": (IN, PAGE, PAGE),
    "/me/erase/": (IN, PAGE, PAGE),
    "/privacy/": (PAGE, PAGE, PAGE),
    "/contact/": (PAGE, PAGE, PAGE),
    "/outbox/": (ABSENT, ABSENT, PAGE),
    "/help-back/": (IN, ABSENT, PAGE),
}
WHO = ("visitor", "person", "administrator")


def come_as(who: str) -> Client:
    client = Client()
    if who != "visitor":
        sign_in(client, make_person("Lena", is_administrator=who == "administrator").email)
    return client


def what_is_found(client: Client, path: str) -> object:
    answer = client.get(path)
    if answer.status_code != 302:
        return answer.status_code
    to = answer["Location"].partition("?")[0]
    return {"/account/login/": IN, "/": HOME}.get(to, to)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_there_for_whom_it_is_meant(path: str, who: str) -> None:
    assert what_is_found(come_as(who), path) == PAGES[path][WHO.index(who)]


def test_no_page_is_forgotten_here() -> None:
    ours = {
        str(each.pattern).replace("<int:pk>", "1").replace("<str:secret>", "guess") for each in urlpatterns
    }
    assert {f"/{path}" for path in ours} == set(PAGES)


LONG = "x" * 1_000_001
UNSEEN = "\u202eAnna\u0000\u0007\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
NASTY = {
    "much": LONG,
    "unseen": UNSEEN,
    "nothing": "",
    "nul": "\0",
    "lines": "anna@example.org\r\nBcc: zoe@example.org",
    "markup": "<script>alert(1)</script>@example.org",
    "turned": "\u202egro.elpmaxe@anna",
}
FORMS = {
    "/account/login/": "email",
    "/account/login/code/": "code",
    "/account/signup/": "email",
    "/account/signup/code/": "code",
    "/me/confirm/": "code",
    "/me/address/": "email",
    "/help-back/": "email",
    "/me/passkeys/add/": "credential",
}
VISITORS = ("/account/login/", "/account/login/code/", "/account/signup/", "/account/signup/code/")


@pytest.fixture
def lena(settings: object) -> Person:
    settings.SIGNUP = "open"  # type: ignore[attr-defined]
    return make_person("Lena", is_administrator=True)


def before_the_form(path: str, lena: Person) -> Client:
    """Return a browser in front of the form, with codes on their way where it takes one."""
    client = Client(raise_request_exception=True)
    if path not in VISITORS:
        sign_in(client, lena.email)
    if path == "/account/login/code/":
        client.post("/account/login/", {"email": lena.email})
    elif path == "/account/signup/code/":
        client.post("/account/signup/", {"email": "new@example.org"})
    elif path == "/me/confirm/":
        client.post(path, {"send": "1"})
    return client


def all_that_is_kept() -> tuple[object, ...]:
    people = sorted(Person.objects.values_list("email", "display_name", "is_administrator"))
    return (people, Letter.objects.count())


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize(("path", "field"), FORMS.items(), ids=FORMS)
def test_bad_input_gets_an_answer_and_changes_nothing(path: str, field: str, text: str, lena: Person) -> None:
    client = before_the_form(path, lena)
    before = all_that_is_kept()
    answer = client.post(path, {field: text, "action_add": ""})
    assert answer.status_code in (200, 302, 400, 422)
    assert all_that_is_kept() == before
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "says"), [("en", "That could not be read"), ("de", "Das ließ sich nicht lesen")]
)
def test_a_form_that_is_too_long_is_answered_in_words(language: str, says: str, client: Client) -> None:
    answer = client.post("/account/login/", {"email": LONG}, headers={"accept-language": language})
    assert answer.status_code == 400
    assert says in answer.content.decode()


@pytest.mark.parametrize("text", [LONG, UNSEEN, "", "\0"], ids=["much", "unseen", "nothing", "nul"])
def test_bad_name_of_the_first_administrator_leaves_the_link_usable(text: str, client: Client) -> None:
    path = operations.first_administrator_link(at=timezone.now())
    client.post(path, {"email": "no address", "display_name": text})
    assert not Person.objects.exists()
    client.post(path, {"email": "ada@example.org", "display_name": "Ada"})
    assert Person.objects.get().display_name == "Ada"


@pytest.mark.parametrize(
    "path",
    [
        f"/first/{'x' * 5000}/",
        "/first/%00/",
        "/recovery/%E2%80%AEx/",
        "/recovery/..%2f..%2fetc/",
        "/me/passkeys/99999999999999999999999999/",
        "/me/passkeys/-1/",
    ],
)
def test_strange_addresses_are_plainly_absent(path: str, lena: Person) -> None:
    client = Client()
    sign_in(client, lena.email)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "wish",
    [
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "x" * 9000,
    ],
)
def test_no_wish_leads_to_another_host(wish: str, lena: Person) -> None:
    client = Client()
    client.post("/account/login/", {"email": lena.email, "next": wish})
    to = client.post("/account/login/code/", {"code": last_code(lena.email), "next": wish})["Location"]
    assert "elsewhere" not in to
    assert "javascript" not in to
    settings_ = {"display_name": "Lena", "time_zone": "UTC", "profession": "", "language": "", "next": wish}
    to = client.post("/me/", settings_)["Location"]
    assert "elsewhere" not in to
    assert "javascript" not in to


def test_an_address_in_other_letters_is_the_same_account(lena: Person, cast: Cast) -> None:
    client = Client()
    client.post("/account/login/", {"email": "LENA@Example.ORG"})
    client.post("/account/login/code/", {"code": last_code("lena@example.org")})
    assert client.get("/me/").status_code == 200
    client.post("/me/address/", {"email": "ANNA@example.org", "action_add": ""})
    lena.refresh_from_db()
    assert lena.email == "lena@example.org"
    assert Person.objects.filter(email__iexact="anna@example.org").count() == 1
