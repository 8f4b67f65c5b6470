"""How long what people leave with a booking is kept, and when who allowed it is asked again. In days. Pure."""

KEPT_AT_MOST = 60  # after the last meeting
ASKED_AFTER = (30, 90, 180)  # after the end of a course
LAST_ASKED = ASKED_AFTER[-1]
