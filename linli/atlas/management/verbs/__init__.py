"""What `linli atlas` can do: one module a verb, its name with dashes is the verb.

Each has HELP, `declare(parser)` for its arguments, and `run(given, say)`: it prints by `say` and raises CommandError.
"""
