from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("groups", "0026_asked_to_learn"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="course_before",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
