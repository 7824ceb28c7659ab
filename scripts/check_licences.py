"""Refuses a run-time dependency under the GPL or the AGPL, for the product is Apache-2.0. Development tools may be."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

STRONG = re.compile(r"(?<!L)A?GPL|(?<!Lesser )General Public License")


def closure(requirements: list[str]) -> set[str]:
    """The installed packages that ``requirements`` lead to."""
    waiting, found = [Requirement(line) for line in requirements], set()
    while waiting:
        requirement = waiting.pop()
        extras = requirement.extras or {""}
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        try:
            package = distribution(requirement.name)
        except PackageNotFoundError:  # of another platform
            continue
        key = f"{package.name}[{','.join(sorted(requirement.extras))}]"
        if key in found:
            continue
        found.add(key)
        for line in package.requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                needed.marker = None
                waiting.append(needed)
    return {name.partition("[")[0] for name in found}


def main() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = closure(project["dependencies"])
    argv = [sys.executable, "-m", "piplicenses", "--format=json", "--packages", *sorted(names)]
    listed = json.loads(subprocess.run(argv, capture_output=True, text=True, check=True).stdout)
    refused = [f"{item['Name']}: {item['License']}" for item in listed if STRONG.search(item["License"])]
    if refused or len(listed) < len(project["dependencies"]):
        sys.exit("\n".join(refused) or "pip-licenses did not find the dependencies: is .venv complete?")


if __name__ == "__main__":
    main()
