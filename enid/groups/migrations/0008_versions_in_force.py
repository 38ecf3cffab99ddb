from typing import Any

from django.db import migrations
from django.db.models import F


def agreed_when_written(apps: Any, schema_editor: Any) -> None:
    """Say of every version so far what was so: it held from the moment it was written."""
    apps.get_model('groups', 'Agreement').objects.update(agreed_at=F('written_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0007_agreements_proposed'),
    ]

    operations = [
        migrations.RunPython(agreed_when_written, migrations.RunPython.noop),
    ]
