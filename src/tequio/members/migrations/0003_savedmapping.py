import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centers', '0001_initial'),
        ('members', '0002_memberaccess'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('mapping', models.JSONField()),
                ('saved_by', models.CharField(max_length=120)),
                ('saved_at', models.DateTimeField()),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mappings', to='centers.center')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('center', 'name'), name='mapping_name_once_per_center')],
            },
        ),
    ]
