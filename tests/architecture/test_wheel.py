"""The wheel: what is installed elsewhere is what stands here, its texts compiled."""

import subprocess
import sys
import zipfile
from email import message_from_bytes

import pytest

from linli.ui.translations import COMPLETE, LAID_OUT
from tests.architecture.source import ROOT, tracked

pytest.importorskip("hatchling", reason="the wheel's builder is not installed (uv sync)")
COMPILED = {f"linli/locale/{code}/LC_MESSAGES/django.mo" for code in (*COMPLETE, *LAID_OUT)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build it as everybody would, but with what is installed already: no network is asked."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    [made] = folder.glob("*.whl")
    with zipfile.ZipFile(made) as opened:
        yield opened


def of_ours(wheel):
    return {name for name in wheel.namelist() if name.startswith("linli/")}


def test_holds_every_file_and_the_texts_compiled(wheel):
    files = {str(path.relative_to(ROOT)) for path in tracked("linli") if path.suffix != ".po"}

    assert of_ours(wheel) == files | COMPILED
    assert min(wheel.getinfo(name).file_size for name in COMPILED) > 100_000


def test_holds_nothing_else(wheel):
    described = {name.rpartition("/")[2] for name in set(wheel.namelist()) - of_ours(wheel)}

    assert described == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE"}
    assert sum(one.compress_size for one in wheel.infolist()) < 12_000_000


def test_offers_the_one_command_and_asks_for_no_tool_of_ours(wheel):
    [entry] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    [metadata] = [name for name in wheel.namelist() if name.endswith("METADATA")]
    needs = message_from_bytes(wheel.read(metadata)).get_all("Requires-Dist")

    assert wheel.read(entry).decode().split() == ["[console_scripts]", "linli", "=", "linli.__main__:main"]  # fmt: skip
    assert [one for one in needs if one.startswith(("pytest", "ruff", "hatchling"))] == []
    assert any(one.startswith("django<") for one in needs)


def test_starts_from_the_wheel_alone(wheel, tmp_path):
    """Where the checkout is not on the path: code, compiled texts, styles and templates come from what was unpacked."""
    wheel.extractall(tmp_path / "site")
    asked = (
        "import django, linli; django.setup();"
        "from django.contrib.staticfiles import finders;"
        "from django.template.loader import get_template;"
        "from django.utils.translation import gettext, override;"
        "print(linli.__file__, finders.find('ui/linli.css'), get_template('ui/base.html').origin.name, sep='\\n');"
        "override('ug').__enter__(); print(gettext('What would you like to do?'))"
    )
    said = subprocess.run(
        [sys.executable, "-P", "-c", asked],
        cwd=tmp_path, check=True, capture_output=True, text=True,
        env={
            "PATH": "/usr/bin:/bin", "PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1", "LINLI_HOME": str(tmp_path / "home"),
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        },
    ).stdout.splitlines()  # fmt: skip

    unpacked = tmp_path / "site/linli"
    assert said == [
        str(unpacked / "__init__.py"),
        str(unpacked / "ui/static/ui/linli.css"),
        str(unpacked / "ui/templates/ui/base.html"),
        "你想办什么事？",
    ]
