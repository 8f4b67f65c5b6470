"""Four documents, one of which ends every process that opens it: what Ray makes of them. Run as a program."""

import os
from contextlib import ExitStack

from linli.reader import cluster


def work(name):
    if name == "b":
        os._exit(1)
    return f"read: {name}"


if __name__ == "__main__":
    with ExitStack() as stack:
        for said in cluster.in_order(
            work,
            list("abcd"),
            jobs=2,
            address="",
            lost=lambda name: f"read: {name} lost",
            stack=stack,
        ):
            print(said)  # noqa: T201 - a program
