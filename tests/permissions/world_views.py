"""What the matrix asks of the atlas: a section that there is, and one that there is not."""


def build():
    """Return the parts of addresses."""
    return {"section": {"code": "population"}, "no section": {"code": "weather"}}
