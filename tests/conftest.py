"""What every test shares: a data folder of its own, and the cast."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from enid.groups.models import Group
from tests.cast import Cast, make_cast


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --postgres; tests/environment.py has acted on it before Django read its settings."""
    parser.addoption(
        "--postgres", action="store_true", help="run on a PostgreSQL of our own instead of SQLite"
    )


@pytest.fixture(autouse=True)
def plain_static(settings: Settings) -> None:
    """Serve static files under their plain names: hashed names need a collected folder."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people of every story: leaders, members, a coordinator and a stranger."""
    return make_cast()


@pytest.fixture
def circle(cast: Cast) -> Group:
    """Return the group in which Marta and Ruth lead; Anna, Jonas and Priya are members."""
    return cast.circle


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Begin in English and leave it so: a page that a test opens in German switches the whole thread."""
    with translation.override("en"):
        yield
