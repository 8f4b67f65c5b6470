"""The command line of the house: what commands and options there are, and whether a line would be taken."""

import argparse
import contextlib
import io
import re
import shlex

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError

KNOWN = get_commands()
COMMANDS = {name: app for name, app in KNOWN.items() if str(app).startswith("linli.")}
OF_DJANGO = {"migrate", "collectstatic"}


def written(text):
    """Every command of a document as somebody would type it: in its blocks of shell, and between backticks."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    typed = re.findall(r"\b(linli [a-z].*?)(?:\s+#.*)?$", blocks.replace("\\\n", " "), re.MULTILINE)
    return sorted({*typed, *re.findall(r"`(linli [^`]+)`", text)})


def take(line):
    """Have a line read by the command's own parser: its options are there, and what it needs is given."""
    _linli, typed, *given = shlex.split(line)
    name = typed.replace("-", "_")
    assert name in COMMANDS or name in OF_DJANGO, line
    command = load_command_class(KNOWN[name], name)
    if has_own_words(command) or (name == "witness" and not given):
        return  # its words go to a program of their own; or it is named, not typed
    try:
        command.create_parser("linli", name).parse_args(given)
    except CommandError as error:
        raise AssertionError(line) from error


def has_own_words(command):
    return "run_from_argv" in vars(type(command))


def options(name):
    """Every option of one of our commands, those of its verbs included, without Django's own."""
    command = load_command_class(KNOWN[name], name)
    if not has_own_words(command):
        every = BaseCommand().create_parser("linli", "any")
        return set(_of(command.create_parser("linli", name))) - set(_of(every))
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        command.run_from_argv(["linli", name, "--help"])
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", said.getvalue())) - {"--help"}


def _of(parser):
    for action in parser._actions:
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                yield from _of(verb)
