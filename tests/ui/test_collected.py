"""What a server hands out: every file under a hashed name, every reference found, nothing half done."""

import json

import pytest
from django.conf import settings as given
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    static = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STATIC_ROOT=static, STORAGES=given.STORAGES | {"staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return static


def test_hashes_every_file_and_finds_what_styles_refer_to(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    css = (collected / names["ui/linli.css"]).read_text()

    assert all((collected / hashed).is_file() for hashed in names.values())
    assert css.count('url("fonts/') == 8
    for font in ("linli-bo", "names-ug"):
        assert names[f"ui/fonts/{font}.woff2"].removeprefix("ui/") in css


def test_keeps_the_plain_name_for_pages_that_stand_alone(collected):
    assert (collected / "ui" / "linli.css").is_file()
    assert (collected / "ui" / "favicon.ico").is_file()
