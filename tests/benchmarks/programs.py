"""What whole programs cost, start included; and printing what was measured."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "kg" / "data" / "samples" / "articles.jsonl"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Cost:
    """What programs took: seconds of CPU, their children's included, and of the clock; megabytes of the largest one."""

    cpu: float
    wall: float
    peak: int


def cost(*programs: Sequence[str]) -> Cost:
    """What this Python takes with the arguments of each program, which run at once and must succeed.

    The time is that of the last. The user's settings count for nothing, matrices have one thread, and what has been
    compiled is kept, as installed.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON"))} | ONE_THREAD
    start, cpu, peak = time.perf_counter(), 0.0, 0
    running = [
        subprocess.Popen([sys.executable, *one], cwd=ROOT, env=clean, stdout=subprocess.DEVNULL) for one in programs
    ]
    for program in running:
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        if program.returncode:
            raise subprocess.CalledProcessError(program.returncode, program.args)
        cpu, peak = cpu + used.ru_utime + used.ru_stime, max(peak, used.ru_maxrss // 1024)
    return Cost(cpu, time.perf_counter() - start, peak)


def say(words: object) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
