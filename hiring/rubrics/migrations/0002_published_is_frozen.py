"""What candidates were asked stays as it was: PostgreSQL refuses to change a published version or anything in it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE FUNCTION rubrics_refuse_frozen(version uuid) RETURNS void LANGUAGE plpgsql AS $$
                BEGIN
                    IF EXISTS (SELECT 1 FROM rubrics_questionsetversion
                               WHERE id = version AND published_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation';
                    END IF;
                END $$;

                CREATE FUNCTION rubrics_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.published_at IS NOT NULL THEN
                        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE TRIGGER version_frozen BEFORE UPDATE OR DELETE ON rubrics_questionsetversion
                    FOR EACH ROW EXECUTE FUNCTION rubrics_version_frozen();

                CREATE FUNCTION rubrics_question_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN PERFORM rubrics_refuse_frozen(OLD.version_id); END IF;
                    IF TG_OP <> 'DELETE' THEN PERFORM rubrics_refuse_frozen(NEW.version_id); END IF;
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE TRIGGER question_frozen BEFORE INSERT OR UPDATE OR DELETE ON rubrics_question
                    FOR EACH ROW EXECUTE FUNCTION rubrics_question_frozen();

                CREATE FUNCTION rubrics_pair_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE touched uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.question_id ELSE NEW.question_id END;
                BEGIN
                    PERFORM rubrics_refuse_frozen((SELECT version_id FROM rubrics_question WHERE id = touched));
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE TRIGGER pair_frozen BEFORE INSERT OR UPDATE OR DELETE ON rubrics_questioncompetency
                    FOR EACH ROW EXECUTE FUNCTION rubrics_pair_frozen();

                CREATE FUNCTION rubrics_anchor_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE touched uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.pair_id ELSE NEW.pair_id END;
                BEGIN
                    PERFORM rubrics_refuse_frozen((
                        SELECT question.version_id FROM rubrics_questioncompetency AS pair
                        JOIN rubrics_question AS question ON question.id = pair.question_id WHERE pair.id = touched));
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END $$;
                CREATE TRIGGER anchor_frozen BEFORE INSERT OR UPDATE OR DELETE ON rubrics_anchor
                    FOR EACH ROW EXECUTE FUNCTION rubrics_anchor_frozen();
            """,
            reverse_sql="""
                DROP TRIGGER anchor_frozen ON rubrics_anchor;
                DROP FUNCTION rubrics_anchor_frozen();
                DROP TRIGGER pair_frozen ON rubrics_questioncompetency;
                DROP FUNCTION rubrics_pair_frozen();
                DROP TRIGGER question_frozen ON rubrics_question;
                DROP FUNCTION rubrics_question_frozen();
                DROP TRIGGER version_frozen ON rubrics_questionsetversion;
                DROP FUNCTION rubrics_version_frozen();
                DROP FUNCTION rubrics_refuse_frozen(uuid);
            """,
        )
    ]
