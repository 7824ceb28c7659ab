"""What to ask next, where somebody is there to ask."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rubrics', '0003_submitted_is_frozen'),
    ]

    operations = [
        migrations.AddField(
            model_name='question',
            name='probes',
            field=models.TextField(blank=True, db_default='', max_length=1200, verbose_name='follow-up probes'),
        ),
    ]
