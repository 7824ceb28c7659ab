from django.db import migrations


def move(apps, schema_editor):
    """What is on hold now stays so; the stay says it."""
    Screening = apps.get_model("screening", "Screening")
    Stay = apps.get_model("pipeline", "Stay")
    for held in Screening.objects.filter(state="held").iterator():
        Stay.objects.filter(application=held.application_id, stage=held.stage_id, left_at__isnull=True).update(
            held_at=held.held_at, held_by=held.held_by_id, held_reason=held.held_reason
        )


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0012_stay_holds"), ("screening", "0002_document_failure_words")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
