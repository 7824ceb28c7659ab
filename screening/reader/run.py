"""The script `screening.reading` starts: ``run.py check FILE`` or ``run.py render FILE FOLDER``, answers in JSON.

It runs isolated, so it finds this package by its own place.
"""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from screening.reader import inspection
from screening.reader.flaws import Flawed


def main(command: str, file: str, *rest: str) -> None:
    try:
        answer = inspection.render(Path(file), Path(*rest)) if command == "render" else inspection.check(Path(file))
    except Flawed as error:
        answer = {"flaw": error.flaw, **error.facts}
    json.dump(answer, sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
