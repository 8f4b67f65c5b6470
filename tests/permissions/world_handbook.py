"""What the matrix asks of the handbook: a role that it is written for, and one that it is not."""


def build():
    """Return the parts of addresses."""
    return {"handbook": {"role": "clerks"}, "no handbook": {"role": "nobody"}}
