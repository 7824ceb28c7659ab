"""Count the edits of a question, so that of two people editing one the second is shown both values."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0002_published_is_frozen")]

    operations = [
        migrations.AddField(
            model_name="question", name="revision", field=models.PositiveIntegerField(default=0)
        ),
    ]
