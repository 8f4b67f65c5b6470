"""What three database machines on one need: Debian's PostgreSQL and etcd, Patroni in an environment of its own.

Installed when we are root; else what is missing is named, and nothing runs. As a program: that alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.server import ROOT

PATRONI = ROOT / "build" / "patroni"
# Never the interpreter that runs the tests: it may lie where the account postgres cannot execute it.
PYTHON = "/usr/bin/python3"


class Missing(Exception):
    """Something is not here, and may not be installed: its sentence says what."""


def met():
    """Install what is missing; return the folder of PostgreSQL's programs, and the account that runs them."""
    _debian("etcd", "etcd-server")
    binaries = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )
    if not binaries:
        _debian("initdb", "postgresql")
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    owner = "postgres" if os.geteuid() == 0 else None
    _patroni(owner)
    return binaries[-1], owner


def _debian(program, package):
    if shutil.which(program):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise Missing(f"this needs Debian's {package}: sudo apt-get install {package}")
    quiet = {
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
    }
    with _no_services():
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        done = subprocess.run(
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", package], check=False, **quiet,
        )  # fmt: skip
    if done.returncode:
        raise Missing(f"Debian's {package} is not here and could not be installed")


class _no_services:  # noqa: N801 - reads as a phrase
    """Let Debian start nothing that it installs: the drill starts its own."""

    rule = Path("/usr/sbin/policy-rc.d")

    def __enter__(self):
        self.ours = not self.rule.exists()
        if self.ours:
            self.rule.write_text("#!/bin/sh\nexit 101\n")
            self.rule.chmod(0o755)

    def __exit__(self, *_raised):
        if self.ours:
            self.rule.unlink()


def _patroni(owner):
    program = PATRONI / "bin" / "patroni"
    if not program.exists():
        made = [[PYTHON, "-m", "venv", "--clear", PATRONI]]
        if uv := shutil.which("uv"):
            made = [[uv, "venv", "-q", "--clear", "--python", PYTHON, PATRONI]]
        wanted = ["patroni[psycopg3,etcd3]>=4.1,<5", "psycopg[binary]"]
        made.append(
            [uv, "pip", "install", "-q", "--python", PATRONI / "bin" / "python", *wanted]
            if uv
            else [PATRONI / "bin" / "python", "-m", "pip", "install", "-q", *wanted]
        )
        for command in made:
            if subprocess.run(command, check=False).returncode:
                raise Missing(f"Patroni could not be installed into {PATRONI}")
    asked = [PATRONI / "bin" / "python", program, "--version"]
    if owner:
        asked = ["runuser", "-u", owner, "--", *asked]
    if subprocess.run(asked, stdout=sys.stderr, check=False).returncode:
        raise Missing(f"the account {owner or 'that runs this'} cannot execute {program}")


if __name__ == "__main__":
    try:
        met()
    except Missing as error:
        sys.exit(str(error))
