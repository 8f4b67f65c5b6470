"""`python -m bench.flames`: where three pages spend their time, drawn into docs/images, and what each costs in core time.

In process, on a filled home (`LINLI_HOME`, LINLI_DEMO=1), asked by Django's own client. A second thread looks a thousand times a
second at what the first one is doing; core time is measured before, without it.
"""

# ruff: noqa: PLC0415 - Django is set up first

import os
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

import django

from bench.flame_svg import drawn

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SECONDS, WARM, RUNS = 8.0, 20, 60
_EVERY = 0.001
_DEEPEST = 100
# Around every middleware, and of no weight themselves.
_SHELLS = {
    "django/core/handlers/exception.py:inner",
    "django/utils/deprecation.py:__call__",
    "django/template/base.py:<listcomp>",
}
_NEARLY_ALL, _TOLD = 0.6, 24
_TITLES = {
    "page": "stations, made anew",
    "home": "the front page",
    "booking": "a booking",
    "list": "the list of the staff",
}
Stack = tuple[str, ...]


def main() -> int:
    """Draw, and print what each costs."""
    django.setup()
    for name, ask in _paths().items():
        for _warm in range(WARM):
            ask()
        times = sorted(_core(ask) for _run in range(RUNS))
        stacks = sampled(ask, SECONDS)
        (IMAGES / f"flames-{name}.svg").write_text(drawn(stacks, _TITLES[name]))  # fmt: skip
        print(f"{name:10} {times[RUNS // 2] * 1000:6.2f} ms of a core (middle of {RUNS}); {sum(stacks.values())} looks")  # fmt: skip
        for what, count in _told(stacks):
            print(f"    {100 * count / sum(stacks.values()):5.1f} %  {what}")
    return 0


def _paths() -> dict[str, Callable[[], object]]:
    from django.test import Client

    from bench.load_town import made

    town = made()
    anybody, staff = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    staff.cookies["sessionid"] = town.cookie
    # Not kept, as it brings a cookie that nobody gave.
    anybody.cookies["unknown"] = "1"

    def booking() -> object:
        return anybody.post(
            f"/api/offers/sessions/{town.session}/bookings", {"size": 1},
            content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {town.key}",
            HTTP_IDEMPOTENCY_KEY=secrets.token_urlsafe(24),
        )  # fmt: skip

    return {
        "page": lambda: anybody.get("/stations/"),
        "home": lambda: anybody.get("/"),
        "booking": booking,
        "list": lambda: staff.get("/console/cases/"),
    }


def _core(ask: Callable[[], object]) -> float:
    began = time.thread_time()
    ask()
    return time.thread_time() - began


def sampled(work: Callable[[], object], seconds: float) -> Counter[Stack]:
    """Work for so long; return how often each stack was seen, the outermost call first."""
    stacks: Counter[Stack] = Counter()
    worker, over = threading.get_ident(), threading.Event()

    def look() -> None:
        while not over.wait(_EVERY):
            stacks[_stack(sys._current_frames().get(worker))] += 1  # noqa: SLF001 - Python's own way to look

    before = sys.getswitchinterval()
    sys.setswitchinterval(_EVERY / 2)
    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            work()
    finally:
        over.set()
        watching.join()
        sys.setswitchinterval(before)
    return stacks


def _stack(frame: FrameType | None) -> Stack:
    names: list[str] = []
    while frame is not None:
        code = frame.f_code
        if code is sampled.__code__:
            break
        if (name := f"{_place(code.co_filename)}:{code.co_name}") not in _SHELLS:
            names.append(name)
        frame = frame.f_back
    return tuple(names[::-1][:_DEEPEST])


def _place(file: str) -> str:
    _before, packages, after = file.rpartition("site-packages/")
    if packages:
        return after
    return file.removeprefix(f"{ROOT}/") if file.startswith(str(ROOT)) else Path(file).name


def _told(stacks: Counter[Stack]) -> list[tuple[str, int]]:
    """Return the calls that take a good part and not nearly all, with what they call in turn: there is what to mend."""
    seen: Counter[str] = Counter()
    for stack, count in stacks.items():
        for name in set(stack):
            seen[name] += count
    most = sum(stacks.values()) * _NEARLY_ALL
    return [(what, count) for what, count in seen.most_common() if count < most][:_TOLD]


if __name__ == "__main__":
    sys.exit(main())
