"""What the pages of a job with ten thousand candidates read, and the search for a name among all of them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently, TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    atomic = False  # an index is built beside the release that runs

    dependencies = [("pipeline", "0005_obligation_owed_once")]

    operations = [
        TrigramExtension(),
        AddIndexConcurrently(
            model_name="application",
            index=models.Index(fields=["job", "stage", "outcome"], name="application_counts"),
        ),
        AddIndexConcurrently(
            model_name="application",
            index=models.Index(fields=["job", "-created_at", "-id"], name="application_newest"),
        ),
        AddIndexConcurrently(
            model_name="candidate",
            index=GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"), OpClass(Upper("email"), "gin_trgm_ops"), name="candidate_search"
            ),
        ),
    ]
