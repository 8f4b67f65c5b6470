"""A browser test fails when the console says anything: a blocked script, a missing file, an error."""

import pytest

# What Chromium remarks when somebody has clicked into a page before it was whole.
QUICKER = "Autofocus processing was blocked"


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
