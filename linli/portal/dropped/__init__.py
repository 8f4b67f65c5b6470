"""Promises that the next report does not answer, and figures that cannot both be true: for everybody and for supervision."""
