"""A promise that lapsed no longer stands in the way of the one that replaces it.

The new constraint asks for less than the one it replaces, so every row meets it, and the table is one company's.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0004_stays_so_far")]

    operations = [
        migrations.RemoveConstraint(
            model_name='obligation',
            name='obligation_open_once',
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(condition=models.Q(('kept_at__isnull', True), ('lapsed_at__isnull', True)), fields=('application', 'kind'), name='obligation_owed_once'),
        ),
    ]
