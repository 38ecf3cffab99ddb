from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0001_attendance'),
    ]

    operations = [
        migrations.AlterField(
            model_name='keptline',
            name='role',
            field=models.CharField(max_length=12),
        ),
    ]
