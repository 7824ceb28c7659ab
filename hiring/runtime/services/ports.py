"""Ports of this machine."""

import errno
import socket
from contextlib import ExitStack


def is_free(port: int) -> bool:
    """Whether nobody listens on ``port`` of 127.0.0.1 or of all addresses."""
    for address in ("127.0.0.1", "0.0.0.0"):  # noqa: S104 (bound for an instant, never listened on)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                    return False
                raise
    return True


def free(count: int) -> list[int]:
    """``count`` different ports nobody listens on right now."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
