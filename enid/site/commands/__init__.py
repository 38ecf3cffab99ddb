"""The command `enid`: a table of small commands; what is not in it passes through to Django."""

import argparse
import importlib
import sys
from collections.abc import Sequence

from enid.site.env import BadSetting

COMMANDS = {
    "up": "serve: make the database ready, then pages, rooms and the worker",
    "demo": "a demonstration group with a cast and a past, on this machine only",
    "doctor": "what is wrong and what to type",
    "admin": "let an account look after the server",
    "backup": "write a backup of the database",
    "restore": "put a backup back",
    "mail-in": "take a calendar's answer to an invitation: one mail from standard input",
    "bench": "measure, beside a baseline in the same run",
    "web": "one web process (what `up` starts)",
    "worker": "the process that sends mail and tidies up (what `up` starts)",
}

DONE, NO, BAD_INPUT, OUTSIDE_FAILED = 0, 1, 2, 3


class Stopped(Exception):
    """A command cannot go on; the sentence is for the person at the terminal."""

    def __init__(self, sentence: str, code: int = OUTSIDE_FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    name = argv[0] if argv else "--help"
    try:
        if name in COMMANDS:
            return int(
                importlib.import_module(f"enid.site.commands.{name.replace('-', '_')}").main(list(argv[1:]))
            )
        if name in ("-h", "--help", "help"):
            return _help()
        from django.core.management import execute_from_command_line  # loads the settings

        execute_from_command_line(["enid", *argv])
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return stopped.code
    except BadSetting as bad:
        print(bad, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return DONE
    return DONE


def parser(name: str) -> argparse.ArgumentParser:
    """Return an argument parser that names the command as it is typed."""
    return argparse.ArgumentParser(prog=f"enid {name}", description=COMMANDS[name])


def _help() -> int:
    print("Enid: software for Balint groups\n")
    for name, what in COMMANDS.items():
        print(f"  enid {name:<8} {what}")
    print("\nEvery setting is a variable of the environment: docs/deploy.md lists them.")
    return DONE
