"""What whole programs cost, start included."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def cost(*arguments: str) -> tuple[float, int]:
    """CPU seconds and peak memory in megabytes of this Python with some arguments, which must succeed.

    The user's settings count for nothing, matrices have one thread, and what has been compiled is kept, as installed.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON"))}
    clean |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=clean, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
