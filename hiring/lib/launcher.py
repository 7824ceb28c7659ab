"""Run as a script by `hiring.lib.untrusted`: lower this process's rights, then become the tool.

A process of its own rather than code between fork and exec, because the caller may have threads. Imports nothing of
ours. Arguments: one JSON object, then the tool and its arguments.
"""

import ctypes
import json
import os
import resource
import signal
import sys

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CANNOT_EXECUTE = 126  # what a shell says


def confine(order: dict[str, int]) -> None:
    linux = sys.platform == "linux"
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: order["cpu_seconds"],
        resource.RLIMIT_FSIZE: order["file_bytes"],
        resource.RLIMIT_NOFILE: order["open_files"],
    }
    if linux:  # macOS refuses it
        bounds[resource.RLIMIT_AS] = order["memory_bytes"]
    for what, bound in bounds.items():
        _soft, hard = resource.getrlimit(what)
        allowed = bound if hard == resource.RLIM_INFINITY else min(bound, hard)  # nobody but root may raise it
        resource.setrlimit(what, (allowed, allowed))
    if linux:
        libc = ctypes.CDLL(None, use_errno=True)
        # An empty network of its own: root may make one, others through a user namespace; containers often forbid both.
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # After unshare, which may clear it: the tool must not outlive the worker that started it.
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != order["parent"]:  # it died before the line above
            os._exit(CANNOT_EXECUTE)


if __name__ == "__main__":
    confine(json.loads(sys.argv[1]))
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 (this script's whole purpose)
