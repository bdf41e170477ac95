import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('centers', '0001_initial'),
        ('members', '0003_savedmapping'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('previewed', 'Previewed'), ('done', 'Done'), ('dropped', 'Dropped')], default='waiting', max_length=10)),
                ('actor', models.CharField(max_length=120)),
                ('file_name', models.CharField(max_length=120)),
                ('size', models.PositiveIntegerField(help_text='bytes as handed in')),
                ('fingerprint', models.CharField(help_text='keyed, by which the same file again is recognized', max_length=32)),
                ('mapping', models.JSONField(help_text='none for a file that is a roll already', null=True)),
                ('preview_key', models.CharField(blank=True, help_text='a hash of what was previewed', max_length=64)),
                ('counts', models.JSONField(default=dict)),
                ('rejected', models.JSONField(default=list, help_text='[row, code, English, Spanish] each')),
                ('questions', models.JSONField(default=list, help_text='[row, code, English, Spanish] each')),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('center', models.ForeignKey(help_text='none where it holds several', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='centers.center')),
            ],
            options={
                'indexes': [models.Index(fields=['-created_at'], name='import_newest_first')],
            },
        ),
    ]
