"""Features over real HTTP: pages of areas with their shapes, all over and within a box, beside datasette on the same rows.

Server and load share the cores. datasette is one process, as it comes; it finds boxes by indexed columns.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.directory_http import served
from bench.http_load import Connection, closed_loop
from bench.peers import PEERS
from bench.table import Row

ROOT = Path(__file__).resolve().parents[1]
GOAL = 200  # answers a second
CLIENTS, SECONDS = 8, 5
SIDE, EDGE = 0.1, 12  # degrees of an area; points of each of its sides


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the rows of the table."""
    count = 20_000 if large else 5_000
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LINLI_HOME": home}
        environment.pop("DATABASE_URL", None)
        done = subprocess.run(
            [sys.executable, "-m", "bench.ogc", str(count)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for name, words in (("page", "10 features"), ("box", "10 features in a box")):
        ours, peer = said["ours"][name], said["peer"].get(name)
        yield Row(
            f"OGC items, {words}, {count:,} areas; p95",
            f"{ours['rate']:,.0f}/s; {ours['p95'] * 1000:.0f} ms",
            f"datasette {peer['rate']:,.0f}/s; {peer['p95'] * 1000:.0f} ms" if peer else "datasette not installed here",
            f"{ours['rate'] / peer['rate']:.1f}" if peer else "",
            f"{GOAL}/s",
        )  # fmt: skip


def measure(count: int) -> dict[str, Any]:
    """Fill the database of this process and a file for the peer, and measure both."""
    from django.core.management import call_command  # noqa: PLC0415 - once Django is set up

    call_command("migrate", verbosity=0)
    squares = [_square(number) for number in range(count)]
    _fill(squares)
    steps = range(0, count - 10, max(count // 50, 1))
    ours = {
        "page": [f"/ogc/collections/areas/items?limit=10&offset={at}" for at in steps],
        "box": [f"/ogc/collections/areas/items?limit=10&bbox={_box(squares[at])}" for at in steps],
    }
    theirs = {
        "page": [f"/data/areas.json?_size=10&_shape=objects&id__gt={at}" for at in steps],
        "box": [_their_box(squares[at]) for at in steps],
    }
    with served(2) as (port, _group):
        said = {name: _loaded(port, paths) for name, paths in ours.items()}
    if not (PEERS / "datasette" / "bin" / "datasette").exists():
        return {"ours": said, "peer": {}}
    with _datasette(squares) as port:
        return {
            "ours": said,
            "peer": {name: _loaded(port, paths) for name, paths in theirs.items()},
        }


def _square(number: int) -> tuple[str, list[list[float]]]:
    """Return the code and the ring of an area: many points, as boundaries have."""
    west, south = 75 + number % 500 * SIDE, 20 + number // 500 * SIDE
    step = SIDE / EDGE
    along = [round(step * at, 6) for at in range(EDGE)]
    ring = [
        *([west + at, south] for at in along),
        *([west + SIDE, south + at] for at in along),
        *([west + SIDE - at, south + SIDE] for at in along),
        *([west, south + SIDE - at] for at in along),
        [west, south],
    ]
    return f"9{number:08}", [[round(x, 6), round(y, 6)] for x, y in ring]


def _box(square: tuple[str, list[list[float]]]) -> str:
    x, y = square[1][0]
    return f"{x + 0.01:.2f},{y + 0.01:.2f},{min(x + 0.31, 179):.2f},{y + 0.31:.2f}"


def _their_box(square: tuple[str, list[list[float]]]) -> str:
    west, south, east, north = _box(square).split(",")
    return f"/data/areas.json?_size=10&_shape=objects&west__lte={east}&east__gte={west}&south__lte={north}&north__gte={south}"


def _fill(squares: list[tuple[str, list[list[float]]]]) -> None:
    """Write areas and their shapes in bulk."""
    from linli.atlas.models import Layer, Shape  # noqa: PLC0415 - once Django is set up
    from linli.directory.models import Area  # noqa: PLC0415
    from linli.kernel.clock import now  # noqa: PLC0415

    Area.objects.bulk_create(
        Area(code=code, name=f"区{code}", level="town", from_year=1981) for code, _ring in squares
    )
    layer = Layer.objects.create(
        code="7K3M-92QD", name="虚构边界", kind="areas", source="bench", licence="CC0", datum="wgs84",
        public=False, fictional=True, digest="0" * 64, vertices=9, vertices_drawn=9,
        by_name="bench", by_role="planner", by_unit="bench", at=now(),
    )  # fmt: skip
    Shape.objects.bulk_create(_shape(Shape, layer, *square) for square in squares)
    layer.public = True  # nothing is added to a layer that is shown
    layer.save(update_fields=["public"])


def _shape(kind: Any, layer: Any, code: str, ring: list[list[float]]) -> Any:  # noqa: ANN401 - models, known once Django is set up
    (west, south), geometry = ring[0], {"type": "Polygon", "coordinates": [ring]}
    return kind(
        layer=layer, area_id=code, geometry=geometry, outline=geometry, west=west, south=south,
        east=west + SIDE, north=south + SIDE, centre_x=west + SIDE / 2, centre_y=south + SIDE / 2,
    )  # fmt: skip


@contextmanager
def _datasette(squares: list[tuple[str, list[list[float]]]]) -> Iterator[int]:
    """Serve the same areas by datasette, in a file with indexes on what is asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.db"
        with sqlite3.connect(path) as file:
            file.execute("CREATE TABLE areas (id INTEGER PRIMARY KEY, code, name, level, from_year, west, south, east, north, geometry)")  # fmt: skip
            file.executemany(
                "INSERT INTO areas VALUES (?, ?, ?, 'town', 1981, ?, ?, ?, ?, ?)",
                (
                    (at, code, f"区{code}", ring[0][0], ring[0][1], ring[0][0] + SIDE, ring[0][1] + SIDE, json.dumps({"type": "Polygon", "coordinates": [ring]}))
                    for at, (code, ring) in enumerate(squares)
                ),
            )  # fmt: skip
            file.execute("CREATE INDEX placed ON areas (south, north, west, east)")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        command = [
            str(PEERS / "datasette/bin/datasette"),
            "serve",
            str(path),
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
        ]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            if Connection(port).ask("GET", "/data.json")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("datasette did not start")


def _loaded(port: int, paths: list[str]) -> dict[str, float]:
    def work(connection: Connection, number: int) -> None:
        path = paths[number % len(paths)]
        status, _body = connection.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")

    closed_loop(port, work, clients=CLIENTS, seconds=3)
    tally = closed_loop(port, work, clients=CLIENTS, seconds=SECONDS)
    if tally.errors:
        raise RuntimeError(tally.errors[0])
    return {"rate": tally.rate, "p95": tally.share(0.95)}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
