import pytest
from django.test import Client


@pytest.mark.django_db
def test_home_welcomes_a_visitor(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Balint group" in page.content.decode()
