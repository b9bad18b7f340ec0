"""Runs programs and says what they took."""

import os
import shutil
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Taken:
    """Of one process from its start to its end, in seconds and bytes."""

    wall: float
    processor: float
    memory: int


class Failed(Exception):
    pass


def run(command, environment=None, allowed=(0,)):
    """Runs a program to its end; its output is dropped, and it must end with an allowed status."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    path = shutil.which(command[0]) or command[0]
    start = time.perf_counter()
    process = os.posix_spawn(path, command, environment or os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    os.close(null)
    if os.waitstatus_to_exitcode(status) not in allowed:
        raise Failed(f"exit status {os.waitstatus_to_exitcode(status)}: {' '.join(command)[:200]}")
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def median(takens, field="wall"):
    return statistics.median(getattr(taken, field) for taken in takens)


def alternate(rounds, *runs):
    """Runs some programs by turns, so that a disturbance of the machine meets all of them; one list
    of what was taken for each. The first turn warms up and does not count."""
    results = [[] for _ in runs]
    for turn in range(rounds + 1):
        for place, body in enumerate(runs):
            taken = body()
            if turn > 0:
                results[place].append(taken)
    return results


def instructions(command):
    """How many instructions a program executes outside the kernel, which no other load changes; None
    where `perf` cannot count."""
    if not shutil.which("perf"):
        return None
    counted = subprocess.run(
        ["perf", "stat", "-x,", "-e", "instructions:u", *command],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    first = counted.stderr.strip().splitlines()[-1:] or [""]
    count = first[0].split(",")[0]
    return int(count) if count.isdigit() else None
