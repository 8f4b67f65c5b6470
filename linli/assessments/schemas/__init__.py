"""How assessments are told in words and files."""
