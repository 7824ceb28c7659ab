"""History is written once: PostgreSQL refuses to change or delete an event."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION pipeline_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'events are never changed' USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON pipeline_event
                    FOR EACH ROW EXECUTE FUNCTION pipeline_event_append_only();
            """,
            reverse_sql="""
                DROP TRIGGER event_append_only ON pipeline_event;
                DROP FUNCTION pipeline_event_append_only();
            """,
        )
    ]
