"""The scripts as production serves them: hashed, complete, light, and nobody else's."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import override_settings

from hiring.rubrics.models import Question
from interviews import record_page

IMPORT = re.compile(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""")
BUDGET = 60_000  # bytes, gzipped, JS and CSS of the record page together

HASHED = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "hiring.lib.staticfiles.HashedModulesStorage"},
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("static")
    with override_settings(STORAGES=HASHED, STATIC_ROOT=str(root), WHITENOISE_AUTOREFRESH=False):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def test_modules_import_each_other_by_their_hashed_names(collected: Path) -> None:
    paths = json.loads((collected / "staticfiles.json").read_text())["paths"]
    ours = [collected / hashed for name, hashed in paths.items() if name.startswith("js/") and name.endswith(".js")]

    imports = [(module, target) for module in ours for target in IMPORT.findall(module.read_text())]

    assert len(imports) > 20
    missing = [
        (module.name, target)
        for module, target in imports
        if not (module.parent / target).resolve().is_file() or not re.search(r"\.[0-9a-f]{12}\.js$", target)
    ]
    assert missing == []


def record_page_weights(collected: Path, company: object) -> dict[str, int]:
    """What the record page loads of ours, by file name: bytes of JS and CSS, gzipped."""
    question = Question(text="What?")
    shown = {"recorder": record_page.for_preview(question), "question": question, "total": 1, "number": 1}
    with override_settings(STORAGES=HASHED, STATIC_ROOT=str(collected)):
        page = render_to_string(
            "candidate/interviews/record.html", {**shown, "total": 1, "number": 1, "company": company}
        )
    wanted = {collected / name for name in re.findall(r"/static/((?:js|css)/[^\"]+)", page)}

    loaded: set[Path] = set()
    while wanted:
        file = wanted.pop()
        loaded.add(file)
        if file.suffix == ".js":
            wanted |= {(file.parent / target).resolve() for target in IMPORT.findall(file.read_text())} - loaded

    return {file.name: len(gzip.compress(file.read_bytes())) for file in loaded}


def test_the_record_page_weighs_less_than_its_budget(collected: Path, company: object) -> None:
    weights = record_page_weights(collected, company)

    assert sum(weights.values()) < BUDGET, weights
    assert len([name for name in weights if name.endswith(".js")]) > 15
