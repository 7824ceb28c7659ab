"""Words a candidate may read as well: only reviewers can download a document."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('screening', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='document',
            name='failure',
            field=models.CharField(blank=True, choices=[('transient', 'Something on our side was down while we prepared this document. The file itself is kept.'), ('input', 'This document cannot be shown here. The file itself is kept.'), ('bug', 'Something went wrong on our side while we prepared this document. The file itself is kept.')], max_length=10),
        ),
    ]
