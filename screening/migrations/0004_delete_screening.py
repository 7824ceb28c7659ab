from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_holds_to_stays")]

    operations = [migrations.DeleteModel("Screening")]
