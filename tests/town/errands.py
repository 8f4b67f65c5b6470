"""Jobs for tests: what they do is seen in a folder, so that it outlives whoever does them."""

import os
import signal
from pathlib import Path

from django_tasks import task

from linli.kernel.refusals import Refused


def begun(folder, name):
    """Note that the errand was begun, and say how often by now."""
    with (Path(folder) / f"{name}.begun").open("a") as file:
        file.write(".")
    return len((Path(folder) / f"{name}.begun").read_text())


@task()
def run(folder, name):
    """Do it: as often as this runs, there is one file."""
    begun(folder, name)
    (Path(folder) / name).touch()


@task()
def fail(folder, name):
    begun(folder, name)
    raise Refused("no", f"CNRY-words of {name}")


@task()
def be_killed(folder, name, times):
    """End whoever does this, so many times, then do it."""
    if begun(folder, name) <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    (Path(folder) / name).touch()
