"""What the matrix asks of the guided tour: a role that it has."""


def build():
    """Return the parts of addresses."""
    return {"tour": {"role": "resident"}}
