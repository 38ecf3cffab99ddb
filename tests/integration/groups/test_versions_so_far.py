"""What was agreed before versions were proposed stays in force, from the moment it was written."""

import importlib
from datetime import timedelta
from pathlib import Path

from django.apps import apps

from enid.groups import migrations, queries
from enid.groups.models import Agreement
from tests.cast import NOON, Cast


def test_every_version_so_far_held_from_the_moment_it_was_written(cast: Cast) -> None:
    Agreement.objects.update(written_at=NOON - timedelta(days=9))
    Agreement.objects.create(group=cast.circle, number=2, text="On Tuesdays.", written_at=NOON)
    (file,) = Path(migrations.__file__).parent.glob("*_versions_in_force.py")
    importlib.import_module(f"enid.groups.migrations.{file.stem}").agreed_when_written(apps, None)
    held = list(Agreement.objects.order_by("number").values_list("agreed_at", flat=True))
    assert held == [NOON - timedelta(days=9), NOON]
    assert queries.present_agreement(cast.circle).text == "On Tuesdays."
    assert queries.open_proposal(cast.circle) is None
