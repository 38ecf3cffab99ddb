import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def real_outbox(settings: Settings) -> None:
    """Write letters to our own rows, as a server does; Django's test runner would keep them aside."""
    settings.EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"


@pytest.fixture(autouse=True)
def nobody_has_tried(db: None) -> None:
    """Begin with no tries counted: a story that commits for real leaves its counts behind for the next."""
    cache.clear()
