"""Pages that a program writes from the code are what it would write now (`make docs`)."""

import pytest
from django.utils.translation import override

from tests.architecture.source import ROOT
from tools import api_page, engine_pages

PACKAGES = {path.parent.name: path.parent for path in ROOT.glob("linli/*/__init__.py")}


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_keeps_the_page_of_every_package(name):
    place = engine_pages.PAGES / f"{name}.md"
    assert place.exists(), "make docs"
    assert place.read_text() == engine_pages.page(PACKAGES[name]), "make docs"


def test_keeps_no_page_of_what_is_gone():
    assert {path.stem for path in engine_pages.PAGES.glob("*.md")} == {*PACKAGES}


def test_keeps_the_page_of_the_json_addresses():
    with override("en"):
        assert api_page.PAGE.read_text() == api_page.text(), "make docs"


def test_says_what_is_called_refused_and_kept(tmp_path):
    """What a page must have seen at least: a page made of nothing would be kept, too."""
    package = tmp_path / "wells"
    for folder in "actions", "models", "views":
        (package / folder).mkdir(parents=True)
    (package / "actions/digging.py").write_text(
        '"""Wells are dug."""\n'
        '_DRY = _("There is no | water.")\n'
        "def dig(place, *, by, at):\n"
        '    """Dig a well.\n\n    Refuses: dry when there is no water.\n    """\n'
        '    raise Refused("dry", _DRY)\n'
        "def _aside():\n"
        '    """Not told."""\n'
    )
    (package / "models/well.py").write_text(
        '"""What is dug."""\n'
        "class Well(models.Model):\n"
        '    """One well."""\n'
        "    deep = models.IntegerField()  # in metres\n"
        '    of = models.ForeignKey("directory.Unit", PROTECT)\n'
    )
    (package / "views/pages.py").write_text('"""A page of wells."""\n')

    page = engine_pages.page(package)

    for row in (
        "| `dig(place, by, at)` | Dig a well. | dry when there is no water. |",
        "| `deep` | IntegerField | in metres |",
        "| `of` | ForeignKey → directory.Unit |  |",
        "| `dry` | There is no \\| water. | `actions.digging` |",
        "| `views.pages` | A page of wells. |",
        "**Well.** One well.",
    ):
        assert row in page
    assert "_aside" not in page
