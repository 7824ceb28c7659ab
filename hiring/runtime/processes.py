"""What runs, beside the three services: `manage.py dev` starts this table, docker-compose.yml is held against it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Process:
    """``argv`` begins with what is both a program and a module that can be run (``python -m gunicorn``)."""

    name: str
    argv: tuple[str, ...]
    patience: float = 10  # seconds it may take to finish what it is doing when asked to stop


def worker(queue: str, *, concurrency: int) -> Process:
    return Process(
        f"worker-{queue}",
        (
            "celery",
            "--app=hiring",
            "worker",
            f"--queues={queue}",
            f"--hostname={queue}@%h",
            f"--concurrency={concurrency}",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        ),
    )


# No access log: a candidate's link is a secret and part of a path. Threads, because a browser's idle spare connection
# would hold a whole process; several processes, because threads alone are unfair under load.
WEB = Process("web", ("gunicorn", "hiring.wsgi", "--workers=3", "--threads=4", "--timeout=60", "--no-control-socket"))
PREPARE = Process("prepare", ("manage.py", "prepare"))
WORKERS = (worker("default", concurrency=2), worker("mail", concurrency=1), worker("media", concurrency=1))
BEAT = Process("beat", ("celery", "--app=hiring", "beat", "--loglevel=INFO", "--pidfile="))

PROCESSES = (WEB, *WORKERS, BEAT)
