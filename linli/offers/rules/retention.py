"""How long what people leave with a booking is kept, and when who allowed it is asked again. In days. Pure."""

KEPT_AT_MOST = 60  # after the last meeting
ASKED_AFTER = (30, 90, 180)  # after the end of a course
ASKED_UNTIL = ASKED_AFTER[-1] + 30  # the last question may be answered so long
WORKS_AT_MOST = 400  # after a contest has closed, what was sent in
PAIRED_AT_MOST = 180  # what neighbours left who would like to help each other
VISIT_DAYS = 2  # how long the questions of a quiz may be answered that were drawn for a visit
