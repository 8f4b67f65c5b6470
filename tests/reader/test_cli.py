import contextlib
import json
import os
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from linli.reader import cli, display, read

ROOT = Path(__file__).parents[2]
REPORT = (
    "某市社区工作总结\n来源：本地日报  2021-03-05\n\n"
    "2020年，市民政局举办培训班30期，培训居民500人次。\n\x1b[31m建立流动人口信息系统。\n"
)
RUN = "import sys; from linli.reader.cli import main; sys.exit(main(sys.argv[1:]))"


def run(*arguments, **options):
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
        **options,
    )


@pytest.fixture
def folder(tmp_path):
    """Three reports, a broken file and one that is no report at all."""
    for number in range(3):
        (tmp_path / f"report-{number}.txt").write_text(REPORT.replace("30期", f"{number + 3}期"))
    (tmp_path / "report-1.pdf").write_bytes(b"%PDF-1.7 rubbish")
    (tmp_path / "notes.xlsx").write_bytes(b"PK\x03\x04")
    return tmp_path


def test_read_folder_prints_one_object_a_line_and_names_the_bad_file(folder):
    done = run("read-me-not.txt", folder)
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [record["doc"] for record in records] == ["report-0", "report-1", "report-2"]
    assert records[0]["text"] == REPORT.replace("30期", "3期")
    complaints = done.stderr.decode()
    assert "report-1.pdf: This PDF is damaged: it cannot be opened. (damaged)" in complaints
    assert "read-me-not.txt: No such file or directory" in complaints
    assert "xlsx" not in complaints
    assert done.returncode == 1


def test_read_good_file_ends_with_zero_and_is_silent(folder):
    done = run(folder / "report-0.txt")
    assert (done.returncode, done.stderr) == (0, b"")


def test_read_with_two_jobs_gives_the_same_in_the_same_order(folder):
    one, two = run(folder), run(folder, "--jobs", "2")
    assert two.stdout == one.stdout
    assert two.returncode == one.returncode == 1


def opened(pipe, until):
    """The writing end of a named pipe, once some process has opened it for reading."""
    while time.monotonic() < until:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"nobody reads {pipe}")


def test_read_with_two_jobs_reads_two_files_at_once(tmp_path):
    pipes = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for pipe in pipes:
        os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "--jobs", "2", *map(str, pipes)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    # One process alone would wait in the first pipe and never open the second.
    ends = [opened(pipe, time.monotonic() + 30) for pipe in reversed(pipes)]
    for end in ends:
        os.write(end, REPORT.encode())
        os.close(end)
    output, _ = process.communicate(timeout=60)
    assert [json.loads(line)["doc"] for line in output.splitlines()] == ["a", "b"]


def test_read_files_leaves_no_bar_in_a_log(folder):
    done = run(folder / "report-0.txt", folder / "report-1.txt")
    assert (done.returncode, done.stderr) == (0, b"")


def terminal_shows(*arguments):
    """What a terminal gets from stderr of the command while its output goes to a file."""
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (24, 80))
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=follower,
    )
    os.close(follower)
    shown = b""
    with contextlib.suppress(OSError):  # raised when the last writer has gone
        while piece := os.read(leader, 4096):
            shown += piece
    os.close(leader)
    process.wait(timeout=60)
    return shown.decode()


def test_read_files_draws_a_bar_on_a_terminal(folder):
    shown = terminal_shows(folder, "read-me-not.txt")
    assert "5/5" in shown
    assert "linli read: read-me-not.txt: No such file or directory" in shown
    assert terminal_shows(folder / "report-0.txt") == ""


def test_read_dash_beside_a_file_with_two_jobs_reads_standard_input(folder):
    done = run("--jobs", "2", folder / "report-0.txt", "-", input=REPORT.encode())
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["doc"] for record in records] == ["report-0", "standard input"]


def test_read_dash_reads_standard_input():
    done = run("-", input=REPORT.encode("gb18030"))
    assert json.loads(done.stdout)["text"] == REPORT
    assert json.loads(done.stdout)["doc"] == "standard input"


@pytest.mark.parametrize(
    "arguments",
    [[], ["--format", "xml", "a"], ["--jobs", "0", "a"], ["--jobs", "x", "a"], ["--no"]],
)
def test_read_wrong_call_ends_with_two(arguments, capsys):
    assert cli.main(arguments) == 2
    assert "usage: linli read" in capsys.readouterr().err


def test_read_closed_pipe_is_quiet(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, *[str(folder / "report-0.txt")] * 200],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.readline()
    process.stdout.close()
    complaints = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert "Traceback" not in complaints
    assert "BrokenPipe" not in complaints


def test_text_form_shows_the_article_with_its_figures_in_brackets(folder):
    shown = run(folder / "report-0.txt", "--format", "text").stdout.decode()
    first, *rest = shown.splitlines()
    assert first == "某市社区工作总结"
    assert "[500人次]" in shown
    assert "\x1b" not in shown
    assert any(line.startswith("Figures (") for line in rest)
    assert any(line.endswith("— 500人次") for line in rest)


def test_text_form_on_a_terminal_is_coloured_and_lets_no_control_through():
    shown = display.as_text(read(REPORT.encode(), name="a.txt"), colour=True)
    assert "\x1b[1;33m500人次\x1b[0m" in shown
    assert "\x1b[31m建立" not in shown


def test_text_form_marks_what_is_out_of_scope():
    text = "工作总结\n\n近年来，市民政局建立了流动人口信息系统，实行流动人口网格化管理。\n"
    shown = display.as_text(read(text.encode(), name="a.txt"), colour=False)
    assert "OUT OF SCOPE (person register)" in shown
