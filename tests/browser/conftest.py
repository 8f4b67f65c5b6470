"""A browser test fails when the console says anything: a blocked script, a missing file, an error."""

import pytest
from django.urls import get_resolver

# What Chromium remarks when somebody has clicked into a page before it was whole.
QUICKER = "Autofocus processing was blocked"


@pytest.fixture(scope="session", autouse=True)
def _every_page_is_ready():
    """Read every page's code, as `linli.config.wsgi` does: no browser waits for that."""
    get_resolver().url_patterns  # noqa: B018 - reading is what it is for


@pytest.fixture(autouse=True)
def quiet_console(request):
    if "page" not in request.fixturenames:
        yield
        return
    said = []
    page = request.getfixturevalue("page")
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert [words for words in said if not words.startswith(QUICKER)] == []
