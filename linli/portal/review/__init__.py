"""The review of a reading: each item beside its sentence, what it could become, and the four verbs."""
