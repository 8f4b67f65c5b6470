"""Whether this house is fit to be used: thin looks, pure rules that judge them, and what to do. docs/operations.md."""
