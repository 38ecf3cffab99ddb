import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('groups', '0006_lingering'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='terms',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='agreement',
            name='agreed_at',
            field=models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True),
        ),
        migrations.AddField(
            model_name='agreement',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed_at', None), ('withdrawn_at', None)), fields=('group',), name='one_proposal_at_a_time'),
        ),
        migrations.CreateModel(
            name='AgreementLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='groups.agreement')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreement_links', to='groups.membership')),
            ],
        ),
    ]
