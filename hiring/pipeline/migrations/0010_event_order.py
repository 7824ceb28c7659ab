from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0009_candidate_likeness")]

    operations = [migrations.AlterModelOptions(name="event", options={"ordering": ["at", "id"]})]
