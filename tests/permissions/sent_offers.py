"""What the matrix sends to the addresses of offers."""

SENT = {
    ("offers:book", "valid"): lambda has: {"size": "1"},
    ("offers:bookings", "wrong passphrase"): lambda has: {
        "code": has.booked.booking.code, "passphrase": "4821 0937 5512 6608",
    },
    ("offers:bookings", "valid"): lambda has: {
        "code": has.booked.booking.code, "passphrase": has.booked.passphrase,
    },
}  # fmt: skip
