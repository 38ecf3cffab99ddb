import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def real_outbox(settings: Settings) -> None:
    """Write letters to our own rows, as a server does; Django's test runner would keep them aside."""
    settings.EMAIL_BACKEND = "enid.people.outbox.OutboxBackend"
