from io import StringIO

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from linli.demo.management.commands.demo import _static_files_differ

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
