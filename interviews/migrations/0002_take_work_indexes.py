from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="take", name="take_due"),
        migrations.AddIndex(
            model_name="take",
            index=models.Index(
                name="take_due",
                fields=["next_attempt_at"],
                condition=models.Q(next_attempt_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="take",
            index=models.Index(
                name="take_abandoned", fields=["started_at"], condition=models.Q(state="abandoned")
            ),
        ),
    ]
