"""Servers for the stories of rooms. Each test makes its own group, so that one server carries many stories."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.room.house import House, fresh_database

ON_POSTGRES = bool(os.environ.get("ENID_DATABASE_URL"))


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Run one server for all stories that leave it standing."""
    folder = tmp_path_factory.mktemp("house")
    house = House(folder, url=fresh_database(folder, on_postgres=ON_POSTGRES)).start()
    yield house
    house.end()
    assert house.failures() == []


@pytest.fixture(scope="session")
def plain_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Run one server that speaks plain ASGI."""
    folder = tmp_path_factory.mktemp("plain")
    house = House(folder, url=fresh_database(folder, on_postgres=ON_POSTGRES), STAGE_PLAIN="1").start()
    yield house
    house.end()
    assert house.failures() == []


@pytest.fixture
def house(shared_house: House) -> Iterator[House]:
    """Return the shared server; whoever came in this story hangs up at its end."""
    yield shared_house
    for voice in shared_house.voices:
        voice.hang_up()
    shared_house.voices.clear()


@pytest.fixture(params=["ready-made frames", "plain ASGI"])
def either_house(request: pytest.FixtureRequest) -> Iterator[House]:
    """Return a server of each kind in turn."""
    name = "shared_house" if request.param == "ready-made frames" else "plain_house"
    house: House = request.getfixturevalue(name)
    yield house
    for voice in house.voices:
        voice.hang_up()
    house.voices.clear()


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Return a way to build servers of one's own, to be killed and started again."""
    built: list[House] = []

    def build(*, on_postgres: bool = ON_POSTGRES, **settings: str) -> House:
        url = settings.pop("url", None)
        folder = tmp_path / f"house{len(built)}"
        folder.mkdir()
        house = House(
            folder, url=fresh_database(folder, on_postgres=on_postgres) if url is None else url, **settings
        )
        built.append(house)
        return house.start()

    yield build
    for house in built:
        house.end()
