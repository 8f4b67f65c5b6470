from io import StringIO

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command

from linli.demo.management.commands.demo import _static_files_differ
from linli.kernel.actors import Role
from linli.reports.models import Report
from tests.town.staff import account

_STORAGE = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": _STORAGE}
    call_command("collectstatic", interactive=False, stdout=StringIO())
    return tmp_path


def test_leaves_static_files_alone_that_are_as_collected(collected):
    assert not _static_files_differ()


def test_collects_again_when_a_static_file_is_missing(collected):
    next(collected.rglob("console.css")).unlink()

    assert _static_files_differ()


def test_collects_again_without_the_manifest(collected):
    (collected / "staticfiles.json").unlink()
    # As another process finds it.
    staticfiles_storage.hashed_files, _ = staticfiles_storage.load_manifest()

    assert _static_files_differ()


@pytest.mark.django_db
def test_leaves_a_database_in_real_use_alone():
    account(Role.PLANNER, username="a-real-person")

    with pytest.raises(CommandError, match="left alone"):
        call_command("demo")

    assert Report.objects.count() == 0
