"""The administrator's pages: who may come in, in which role, by which keys."""
