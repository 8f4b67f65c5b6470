"""What the matrix sends to the administrator's check: what is told ahead. It stands in a file, not in the database."""

SENT = {
    ("portal:announcement", "valid"): lambda _has: {
        "words": "今晚维护", "begins_at": "2026-12-01T22:00", "ends_at": "2026-12-01T23:00",
    },
}  # fmt: skip
