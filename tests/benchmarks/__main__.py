"""``make bench``: measure what the product promises, print the table, keep the figures.

Each measure is a test in a ``bench_*.py`` file that calls the ``report`` fixture; `make test` does not collect them.
"""

import sys

import pytest

if __name__ == "__main__":
    quiet = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", "--timeout=900"]
    sys.exit(pytest.main(["tests/benchmarks", "-o", "python_files=bench_*.py", *quiet, *sys.argv[1:]]))
