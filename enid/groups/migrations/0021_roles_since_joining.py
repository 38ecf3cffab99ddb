from django.db import migrations
from django.db.models import F


def since_joining(apps, schema_editor):
    """Have everybody had their present role since they joined; an earlier change was not kept."""
    apps.get_model("groups", "Membership").objects.update(role_since=F("joined_at"))


class Migration(migrations.Migration):
    dependencies = [("groups", "0020_roles")]
    operations = [migrations.RunPython(since_joining, migrations.RunPython.noop)]
