"""What the matrix sends to the pages of what delivers a promise: its tasks and offers stand in the world already."""

__all__ = ["SENT"]

SENT = {
    ("portal:task_delivery", "an offer"): lambda has: {"deed": "offer", "offer": has.offer.code},
    ("portal:task_delivery", "nothing to take back"): lambda has: {
        "deed": "end", "way": f"offer:{has.offer.code}",
    },
}  # fmt: skip
