"""Every application known so far has been in its stage since it was added."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0003_decisions_and_stays")]

    operations = [
        migrations.RunSQL(
            sql="""
                INSERT INTO pipeline_stay (id, application_id, stage_id, entered_at, left_at)
                SELECT gen_random_uuid(), id, stage_id, created_at, closed_at FROM pipeline_application
            """,
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
