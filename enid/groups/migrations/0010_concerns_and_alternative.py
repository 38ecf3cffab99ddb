from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0009_outside_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='group',
            name='concerns_email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='their e-mail address'),
        ),
        migrations.AddField(
            model_name='group',
            name='compulsory',
            field=models.BooleanField(default=False, verbose_name='compulsory'),
        ),
        migrations.AddField(
            model_name='group',
            name='alternative',
            field=models.CharField(blank=True, max_length=300, verbose_name='equal alternative'),
        ),
    ]
