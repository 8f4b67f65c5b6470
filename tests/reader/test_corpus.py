"""A corpus: an output that breaks off goes on and is the same; Ray gives what one process gives, killed workers or not."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from linli.reader import cli, cluster
from tests.conftest import ROOT

WITH_RAY = pytest.mark.skipif(not find_spec("ray"), reason="Ray is not installed: extra `cluster`")
RUN = "import sys; from linli.reader.cli import main; sys.exit(main(sys.argv[1:]))"
REPORT = "某市社区工作总结\n来源：本地日报  2021-03-05\n\n2020年，市民政局举办培训班{}期，培训居民500人次。\n"


def corpus(folder, count):
    """So many reports, no two alike, and after the first one that is none."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.txt").write_text(REPORT.format(number + 2))
    (folder / "00000.x.pdf").write_bytes(b"%PDF-1.7 rubbish")
    return folder


def read(folder, output, *options):
    return cli.main([*options, "--output", str(output), str(folder)])


def docs(output):
    return [json.loads(line)["doc"] for line in output.read_text().splitlines()]


@pytest.fixture
def folder(tmp_path):
    return corpus(tmp_path / "corpus", 6)


@pytest.fixture
def whole(folder, tmp_path, capsys):
    assert read(folder, tmp_path / "whole.jsonl") == 1
    assert "00000.x.pdf: This PDF is damaged" in capsys.readouterr().err
    return tmp_path / "whole.jsonl"


@pytest.fixture
def opened(monkeypatch):
    """Which files are read."""
    names, content = [], cli._content

    def noted(name):
        names.append(Path(name).name)
        return content(name)

    monkeypatch.setattr(cli, "_content", noted)
    return names


class TestOutput:
    @pytest.mark.parametrize("cut", [1, 40, 700, 100_000])
    def test_goes_on_where_it_broke_off_and_is_the_same(self, folder, whole, cut, opened):
        before = whole.read_bytes()
        beside = whole.with_name("whole.jsonl.read")
        lines = beside.read_bytes()
        # Half a line of the list; of the readings one more than the list knows, and half of another.
        beside.write_bytes(lines[:-cut])
        known = lines[:-cut].count(b"\n")

        assert read(folder, whole) == 1

        assert whole.read_bytes() == before
        assert beside.read_bytes() == lines
        assert len(opened) == 7 - known

    def test_read_whole_is_not_read_again_and_still_says_that_a_file_failed(self, folder, whole, opened):  # fmt: skip
        before = whole.read_bytes()

        assert read(folder, whole) == 1

        assert (whole.read_bytes(), opened) == (before, [])

    def test_refuses_to_go_on_with_other_files(self, folder, whole, capsys):
        before = whole.read_bytes()
        (folder / "00000.txt").unlink()

        assert read(folder, whole) == 2

        assert "begun for other files" in capsys.readouterr().err
        assert whole.read_bytes() == before

    def test_refuses_an_output_that_lost_readings(self, folder, whole, capsys):
        whole.write_bytes(whole.read_bytes()[:10])

        assert read(folder, whole) == 2
        assert "not what was written" in capsys.readouterr().err
        assert len(whole.read_bytes()) == 10

    def test_refuses_a_list_that_is_none(self, folder, whole, capsys):
        whole.with_name("whole.jsonl.read").write_text("{}\n")

        assert read(folder, whole) == 2
        assert "not a list" in capsys.readouterr().err


def test_names_what_is_missing_without_ray(folder, monkeypatch, capsys):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(cluster, "import_module", missing)

    assert read(folder, folder.parent / "no.jsonl", "--engine", "ray") == 2
    assert "linli[cluster]" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["-", "--output", "o"], ["a.txt"]])
def test_refuses_standard_input_and_standard_output_with_ray(given, capsys):
    assert cli.main(["--engine", "ray", *given]) == 2
    assert "reads files, into --output" in capsys.readouterr().err


@WITH_RAY
class TestRay:
    def test_gives_what_one_process_gives(self, folder, whole, tmp_path):
        done = self.ray(folder, tmp_path / "ray.jsonl")

        assert done.wait() == 1, (tmp_path / "said").read_text()
        assert (tmp_path / "ray.jsonl").read_bytes() == whole.read_bytes()
        assert "00000.x.pdf: This PDF is damaged" in (tmp_path / "said").read_text()

    def test_gives_the_same_when_a_worker_is_killed(self, tmp_path):
        folder = corpus(tmp_path / "large", 600)
        cli.main(["--output", str(tmp_path / "one.jsonl"), str(folder)])
        running = self.ray(folder, tmp_path / "ray.jsonl")

        killed = 0
        while running.poll() is None and killed < 3:
            for worker in workers(running.pid):
                with suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
                    killed += 1
                time.sleep(0.2)

        assert running.wait() == 1
        assert killed >= 1
        assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()

    def test_tells_of_a_file_that_no_worker_survives(self, folder):
        text = ROOT / "tests/reader/deadly.py"
        done = subprocess.run(
            [sys.executable, str(text), str(folder)], cwd=ROOT, capture_output=True, text=True,
            check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip

        told = [line for line in done.stdout.splitlines() if line.startswith("read: ")]
        assert told == ["read: a", "read: b lost", "read: c", "read: d"], done.stderr

    def ray(self, folder, output):
        with (output.parent / "said").open("w") as said:
            return self.begun(folder, output, said)

    def begun(self, folder, output, said):
        return subprocess.Popen(
            [sys.executable, "-c", RUN, "--engine", "ray", "--jobs", "2", "--output", str(output), str(folder)],
            cwd=ROOT, stdout=said, stderr=said, env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip


def workers(driver):
    """The processes of one driver's Ray that read at the moment."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"ray::_batch" in (path / "cmdline").read_bytes() and driver in above(path.name):
                found.append(int(path.name))
    return found


def above(pid):
    """The parents of a process, and theirs."""
    found = []
    with suppress(OSError):
        while int(pid) > 1:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
            found.append(pid)
    return found
