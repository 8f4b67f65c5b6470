"""A corpus read on many cores or machines: Ray carries the names there and the readings back, in their order.

What a worker had in hand when it ended is read again by another. A document that ends every worker that opens it is
told as lost, and the rest goes on.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

_BATCH = 32  # documents a task: it costs about as much as one of them
_AHEAD = 4  # tasks a worker may be ahead, so that finished readings never pile up
_AGAIN = 3  # so often a task is tried again elsewhere

T = TypeVar("T")


class NoEngine(Exception):
    """Ray is not here, or its cluster does not answer; in words."""


def in_order(
    work: Callable[[str], T],
    names: Sequence[str],
    *,
    jobs: int,
    address: str,
    lost: Callable[[str], T],
    stack: ExitStack,
) -> Iterator[T]:
    """Return what `work` makes of each name, in their order.

    jobs: workers on this machine, or tasks at a time on the cluster at `address`, whose machines must all see the
    files under the same names. lost: what stands for a document that no worker survives. Raises NoEngine.
    """
    ray = _begun(jobs, address, stack)
    task = ray.remote(max_retries=_AGAIN)(_batch)
    return _answers(ray, task, work, names, jobs * _AHEAD, lost)


def _begun(jobs: int, address: str, stack: ExitStack) -> Any:  # noqa: ANN401 - its module, where it is installed
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers
    try:
        ray = import_module("ray")
    except ImportError:
        message = "Ray is not installed here: pip install 'linli[cluster]'"
        raise NoEngine(message) from None
    for patience in range(_AGAIN, -1, -1):
        try:
            _begin(ray, jobs, address)
            break
        except Exception as error:  # noqa: BLE001 - it is what Ray raises when a busy machine was too slow for it
            ray.shutdown()
            if not patience:
                message = f"Ray does not begin: {error}".splitlines()[0]
                raise NoEngine(message) from None
    stack.callback(ray.shutdown)
    return ray


def _begin(ray: Any, jobs: int, address: str) -> None:  # noqa: ANN401
    here = {"num_cpus": jobs, "include_dashboard": False, "address": "local"}
    given = {"address": address} if address else here
    ray.init(**given, log_to_driver=False, logging_level="ERROR")


def _answers(
    ray: Any,  # noqa: ANN401
    task: Any,  # noqa: ANN401
    work: Callable[[str], T],
    names: Sequence[str],
    most: int,
    lost: Callable[[str], T],
) -> Iterator[T]:
    def ask(some: Sequence[str]) -> Any:  # noqa: ANN401
        return task.remote(work, str(Path.cwd()), some)

    def answer(some: Sequence[str], asked: Any) -> list[T]:  # noqa: ANN401
        try:
            return list(ray.get(asked))
        except ray.exceptions.RayError:
            if len(some) == 1:
                return [lost(some[0])]
        # One of them ends whoever reads it: each by itself, so that the others are read.
        alone = [([name], ask([name])) for name in some]
        return [one for name, again in alone for one in answer(name, again)]

    waiting: deque[tuple[Sequence[str], Any]] = deque()
    for start in range(0, len(names), _BATCH):
        some = names[start : start + _BATCH]
        waiting.append((some, ask(some)))
        if len(waiting) >= most:
            yield from answer(*waiting.popleft())
    while waiting:
        yield from answer(*waiting.popleft())


def _batch(work: Callable[[str], T], folder: str, names: Sequence[str]) -> list[T]:
    """Read so many documents in a worker, from the folder in which they were named."""
    os.chdir(folder)
    return [work(name) for name in names]
