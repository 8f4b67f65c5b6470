"""What the matrix asks of the look-up: codes that mean something here, and those that do not."""


def build(has):
    """Return the parts of addresses: of the premises of a food business, and of nothing."""
    return {
        "code to look up": {"code": has.food_place.code},
        "unknown code to look up": {"code": "L00000010R"},
    }
