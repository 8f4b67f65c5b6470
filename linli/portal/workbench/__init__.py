"""The desk of a member of staff: days that come, what changed since, news, and how far one has read."""
