"""A scorecard that is in stays as it was handed in: PostgreSQL refuses to change it or anything on it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0002_published_is_frozen")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION rubrics_scorecard_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.submitted_at IS NOT NULL THEN
                        RAISE EXCEPTION 'a submitted scorecard never changes' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE TRIGGER scorecard_frozen BEFORE UPDATE OR DELETE ON rubrics_scorecard
                    FOR EACH ROW EXECUTE FUNCTION rubrics_scorecard_frozen();

                CREATE FUNCTION rubrics_scorecard_part_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF EXISTS (SELECT 1 FROM rubrics_scorecard WHERE submitted_at IS NOT NULL AND (
                        TG_OP <> 'INSERT' AND id = OLD.scorecard_id OR TG_OP <> 'DELETE' AND id = NEW.scorecard_id
                    )) THEN
                        RAISE EXCEPTION 'a submitted scorecard never changes' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE TRIGGER score_frozen BEFORE INSERT OR UPDATE OR DELETE ON rubrics_score
                    FOR EACH ROW EXECUTE FUNCTION rubrics_scorecard_part_frozen();
                CREATE TRIGGER note_frozen BEFORE INSERT OR UPDATE OR DELETE ON rubrics_evidencenote
                    FOR EACH ROW EXECUTE FUNCTION rubrics_scorecard_part_frozen();
            """,
            reverse_sql="""
                DROP TRIGGER note_frozen ON rubrics_evidencenote;
                DROP TRIGGER score_frozen ON rubrics_score;
                DROP FUNCTION rubrics_scorecard_part_frozen();
                DROP TRIGGER scorecard_frozen ON rubrics_scorecard;
                DROP FUNCTION rubrics_scorecard_frozen();
            """,
        )
    ]
