"""What stands in files that this very process may have open as databases."""

import subprocess


def contents(path):
    """Return the bytes of a file, read by another program.

    Who opens and closes a file drops every lock that their own process holds on it (POSIX): SQLite would
    lose those of its connections, and another process could take the log away from under them.
    """
    return subprocess.run(["cat", path], capture_output=True, check=True).stdout
