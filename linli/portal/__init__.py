"""Pages made of several engines: the way in, the desk, what the house stands for, errors, sign-in."""
