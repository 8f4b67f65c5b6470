"""The files by which a house is installed: what they name exists, and they give nothing away."""

import ast
import configparser
import json
import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.urls import resolve

from linli.portal.held.cookies import COOKIES
from linli.ui.look import REMEMBERED
from tests.architecture.command_lines import take, written
from tests.architecture.source import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
CONTAINER = (DEPLOY / "Containerfile").read_text()
SETTINGS = (ROOT / "docs/commands.md").read_text()
# What stands in every unit: it becomes nobody else, sees no home and no device, and writes in its own folders.
HARD = {
    "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict", "ProtectHome": "yes",
    "PrivateTmp": "yes", "PrivateDevices": "yes", "RestrictNamespaces": "yes", "UMask": "0077",
    "User": "linli", "StateDirectoryMode": "0700", "EnvironmentFile": "/etc/linli/linli.env",
}  # fmt: skip


def unit(path):
    """Read a unit: systemd's files say some names twice, the last one counts here."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser


def typed():
    """Every command of ours in these files, as somebody would type it."""
    for path in SERVICES:
        yield unit(path)["Service"]["ExecStart"].removeprefix("/opt/linli/bin/")
    shell = "\n".join(re.findall(r"^#   (.*)$", CONTAINER, re.MULTILINE))
    yield from written(f"```sh\n{shell}\n```")
    [inside] = re.findall(r"^CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    [entry] = re.findall(r"^ENTRYPOINT (\[.*\])$", CONTAINER, re.MULTILINE)
    yield " ".join([*json.loads(entry), *json.loads(inside)])


@pytest.mark.parametrize("line", sorted(set(typed())))
def test_takes_every_command(line):
    take(line)


def test_sets_only_settings_that_exist():
    asked = (DEPLOY / "linli.env").read_text() + "\n".join(re.findall(r"LINLI_\w+=\S*", CONTAINER))
    named = set(re.findall(r"^#?([A-Z_]+)=", asked, re.MULTILINE))

    assert named - set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS, re.MULTILINE)) == set()
    assert {"LINLI_HOME", "LINLI_HOSTS", "LINLI_HTTPS", "DATABASE_URL"} <= named


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_lets_no_unit_do_more_than_it_must(path):
    service = unit(path)["Service"]

    assert {name: service.get(name) for name in HARD} == HARD


def test_shrinks_nothing_for_whoever_brings_a_cookie_of_their_own():
    """Beside a secret, a length that shrinks tells of it. Every cookie that the house hands out is asked for."""
    [pattern] = re.findall(r"header_regexp Cookie `(.*)`", (DEPLOY / "Caddyfile").read_text())
    names = {name for cookie in COOKIES for name in cookie.names}

    shrunk = {name for name in names if re.search(pattern, f"mode=elder; __Host-{name}=a.b-c")}

    assert shrunk == {*REMEMBERED, settings.CSRF_COOKIE_NAME}
    assert len(names - shrunk) > 10


def test_starts_each_unit_by_something():
    clocks = {path.stem for path in UNITS if path.suffix == ".timer"}
    alone = {path.stem for path in SERVICES if unit(path).has_section("Install")}

    assert clocks | alone == {path.stem for path in SERVICES}
    assert clocks & alone == set()
    page = (ROOT / "docs/install.md").read_text()
    enabled = {f"{name}.timer" for name in clocks} | {f"{name}.service" for name in alone}
    assert set(re.search(r"enable --now (.*)", page)[1].split()) == enabled


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_passes_systemds_own_reading(tmp_path):
    """Our program is not installed where the tests run: another that is stands in its place."""
    for path in UNITS:
        said = path.read_text().replace("/opt/linli/bin/linli", shutil.which("true"))
        (tmp_path / path.name).write_text(said)

    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(str(one) for one in tmp_path.iterdir())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert [line for line in done.stderr.splitlines() if "linli" in line] == []


def test_keeps_backups_and_keys_apart():
    """What opens sealed fields never lies beside what it opens (docs/decisions/0010)."""
    places = {path.stem: unit(path)["Service"].get("ReadWritePaths", "") for path in SERVICES}

    assert places["linli-backup"] != places["linli-keys"]
    assert not places["linli-keys"].startswith(f"{places['linli-backup']}/")


class TestContainer:
    def test_runs_as_nobody_and_writes_one_volume(self):
        last = CONTAINER.rpartition("\nFROM ")[2]

        assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["10001"]
        assert re.findall(r"^VOLUME (\S+)", last, re.MULTILINE) == ["/var/lib/linli"]
        assert last.index("\nUSER") < last.index("\nENTRYPOINT")
        assert "--read-only" in CONTAINER

    def test_holds_no_secret(self):
        given = re.findall(r"^(?:ENV|ARG) (.*)$", CONTAINER, re.MULTILINE)

        assert [line for line in given if re.search("KEY|SECRET|PASS|DATABASE_URL", line)] == []
        assert re.findall(r"^COPY (?!--from)(.*)$", CONTAINER, re.MULTILINE) == [
            "pyproject.toml uv.lock README.md LICENSE ./",
            "tools/wheel.py tools/wheel.py",
            "linli linli",
        ]

    def test_asks_for_its_own_health(self):
        [given] = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", CONTAINER, re.MULTILINE)
        [_python, _flag, code] = json.loads(given)

        ast.parse(code)
        assert resolve("/health").url_name == "health"
        assert "127.0.0.1:8000/health" in code
