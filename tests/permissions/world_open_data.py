"""What the matrix asks of open data: a data set and features that are there, and ones that are not."""


def build(has):
    """Return the parts of addresses."""
    return {
        "data set": {"code": "promises"},
        "no data set": {"code": "nobody-knows"},
        "table": {"code": "promises", "ending": "csv"},
        "no table": {"code": "nobody-knows", "ending": "csv"},
        "features": {"code": "areas"},
        "no features": {"code": "nobody-knows"},
        "feature": {"code": "areas", "feature": has.area.code},
        "no feature": {"code": "areas", "feature": "999999"},
    }
