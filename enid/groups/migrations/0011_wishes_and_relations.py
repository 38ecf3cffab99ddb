import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0010_concerns_and_alternative'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['email'],
                'constraints': [models.UniqueConstraint(fields=('person', 'email'), name='wished_once')],
            },
        ),
        migrations.CreateModel(
            name='StillHere',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.group')),
                ('wish', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='groups.wish')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('wish', 'group'), name='asked_once_in_a_group')],
            },
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('side', models.CharField(choices=[('over', 'I assess, appoint or manage them'), ('under', 'They assess, appoint or manage me')], max_length=5)),
                ('declared_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declared', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['email'],
                'constraints': [models.UniqueConstraint(fields=('person', 'email'), name='declared_once')],
            },
        ),
    ]
