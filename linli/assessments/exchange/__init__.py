"""Assessments in forms that others read."""
