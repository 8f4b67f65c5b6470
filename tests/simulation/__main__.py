"""`make simulate`: live through many worlds, tell what broke and how to see it again, and what was reached.

SEEDS=10000 so many, from 0 on, going on where it was interrupted; SEED=123 one of them, with its trace;
MUTANTS=1 each deliberate defect until a world breaks of it; JOBS processes side by side; FROM a first seed.
"""

# ruff: noqa: T201 - what it prints is what it is for
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from pathlib import Path

from tests.simulation import ground, run

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "simulation.json"
COMMITTED = Path(__file__).with_name("seeds.txt")
BATCH = 100


def main():
    """Do what the environment asks for; return 1 when something broke, or a defect survived."""
    if seed := os.environ.get("SEED"):
        return one(int(seed))
    if os.environ.get("MUTANTS"):
        names = os.environ["MUTANTS"]
        return mutants("" if names == "1" else names)
    if os.environ.get("SMALL"):
        return small()
    return many(int(os.environ.get("FROM", "0")), int(os.environ.get("SEEDS", "200")))


def committed():
    """Return the seeds that once broke: they are lived through in every run."""
    lines = COMMITTED.read_text(encoding="utf-8").splitlines()
    return [int(line.split("#")[0]) for line in lines if line.split("#")[0].strip()]


def one(seed):
    """Live through one world and tell it."""
    with ground.prepared() as there, there.settled(run.settlers()):
        told = run.run(there, seed)
        again = run.run(there, seed)
    print(*told.trace, sep="\n")
    print(told.broken or f"all held, {told.digest}")
    if (told.digest, told.broken) != (again.digest, again.broken):
        print("NOT THE SAME when told again")
        return 1
    return int(bool(told.broken))


def small():
    """Live through what `make check` asks: committed seeds, some more, one of them twice, three defects."""
    from tests.simulation import mutants as defects

    with ground.prepared() as there, there.settled(run.settlers()):
        seeds = [*range(6), *committed()]
        worlds = [run.run(there, seed) for seed in seeds]
        again = run.run(there, seeds[0])
        chosen = [one for one in defects.every() if one.name in defects.FEW]
        killed = {one.name: run.hunt(there, one, most=40) for one in chosen}
    print(
        json.dumps(
            {
                "broken": {one.seed: one.broken for one in worlds if one.broken},
                "same": again.digest == worlds[0].digest,
                "digests": len({one.digest for one in worlds}),
                "worlds": len(set(seeds)),
                "deeds": sum(one.taken.total() for one in worlds),
                "killed": {name: told.broken if told else "" for name, told in killed.items()},
            }
        )
    )
    return 0


def mutants(named):
    """Hunt each defect; print by which seed and of what the world broke."""
    from tests.simulation import mutants as defects

    survived = []
    chosen = [one for one in defects.every() if named in f"{one.engine} {one.name}"]
    with ground.prepared() as there, there.settled(run.settlers()):
        for one in chosen:
            told = run.hunt(there, one, most=400)
            if told is None:
                survived.append(one.name)
            found = f"seed {told.seed:3} {told.broken[:90]}" if told else "SURVIVED"
            print(f"{one.engine:12} {one.name:45} {found}", flush=True)
    print(f"{len(chosen) - len(survived)} of {len(chosen)} killed")
    print(f"fault 32: control: {len(chosen) - len(survived)} of {len(chosen)} defects found")
    return int(bool(survived))


def many(first, count):
    """Live through so many worlds, in several processes; go on where an earlier run was interrupted."""
    jobs = int(os.environ.get("JOBS", os.cpu_count() or 1))
    done = _kept(first)
    waiting = [
        list(range(start, min(start + BATCH, first + count)))
        for start in range(first + done["worlds"], first + count, BATCH)
    ]
    began = time.monotonic()
    lived = 0
    # Each batch is a process of its own: Django is set up for one home, which goes when the batch ends.
    with multiprocessing.get_context("spawn").Pool(
        min(jobs, max(1, len(waiting))), maxtasksperchild=1
    ) as pool:
        for broken, taken, reached, worlds in pool.imap(run.batch, waiting):
            _add(done, broken, taken, reached, worlds)
            lived += worlds
            _keep(first, done)
            rate = lived / (time.monotonic() - began)
            print(
                f"\r{done['worlds']}/{count} worlds, {rate:.1f}/s, {len(done['broken'])} broken ",
                end="",
                flush=True,
            )
    print()
    KEPT.unlink(missing_ok=True)
    _tell(done)
    deeds = sum(done["taken"].values())
    print(f"fault 32: {len(done['broken'])} of {done['worlds']} worlds broke, {deeds} deeds")
    return int(bool(done["broken"]))


def _add(done, broken, taken, reached, worlds):
    done["worlds"] += worlds
    done["broken"] |= broken
    for key, counted in (("taken", taken), ("reached", reached)):
        for name, number in counted.items():
            said = " ".join(name)
            done[key][said] = done[key].get(said, 0) + number


def _kept(first):
    """Return what an interrupted run of the same code has done."""
    nothing = {"worlds": 0, "broken": {}, "taken": {}, "reached": {}}
    try:
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return nothing
    return kept["done"] if kept["of"] == _of(first) else nothing


def _keep(first, done):
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({"of": _of(first), "done": done}), encoding="utf-8")


def _of(first):
    """Say which code this is, by when its files were last written."""
    newest = max(
        path.stat().st_mtime
        for place in ("linli", "tests")
        for path in (ROOT / place).rglob("*.py")
    )
    return [first, newest]


def _tell(done):
    deeds = {}
    for said, number in done["taken"].items():
        name, became = said.rsplit(" ", 1)
        deeds.setdefault(name, Counter())[became] += number
    for name, became in sorted(deeds.items()):
        often = ", ".join(f"{how} {number}" for how, number in became.most_common())
        print(f"{name:42} {often}")
    never = [name for name, became in sorted(deeds.items()) if not became["done"]]
    print(
        "states reached:",
        ", ".join(f"{said} {number}" for said, number in sorted(done["reached"].items())),
    )
    print("never reached: ", ", ".join([*_unreached(done["reached"]), *never]) or "nothing")
    for seed, (broken, trace) in sorted(done["broken"].items(), key=lambda one: int(one[0])):
        print(f"\nBROKEN seed {seed}: {broken}", *trace, sep="\n    ")
        print(f"    again: make simulate SEED={seed}")


def _unreached(reached):
    """Return the states of the engines' machines that no world came to."""
    with ground.prepared():
        for engine in run.engines().values():
            for (table, _column), states in engine.EDGES.items():
                yield from (f"{table} {one}" for one in states if f"{table} {one}" not in reached)


if __name__ == "__main__":
    sys.exit(main())
