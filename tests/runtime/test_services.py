import pytest
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_tests_run_on_postgresql_with_the_extensions_we_use() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions WHERE name IN ('btree_gist', 'pg_trgm') ORDER BY name")
        assert [name for (name,) in cursor.fetchall()] == ["btree_gist", "pg_trgm"]


def test_the_tests_run_on_valkey(running_services: None) -> None:
    cache.set("asked", "yes")

    assert cache.get("asked") == "yes"
