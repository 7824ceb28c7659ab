from django.db import migrations, models

import hiring.lib.fields


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0010_event_order")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="id",
            field=models.UUIDField(
                default=hiring.lib.fields.uuid_in_order, editable=False, primary_key=True, serialize=False
            ),
        ),
    ]
