"""The tasks of ``invoke``: one for each command of ``edition``, made from its parser, with the same
options. Words that a command takes or leaves are an option here, in one argument: invoke knows no
optional words."""

from __future__ import annotations

import argparse
import inspect
import keyword
import shlex
from typing import Any

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import Task, task

from edition import cli


def _parameter(action: argparse.Action) -> str:
    """What an option or word of a command is called as a parameter of its task."""
    flag = action.option_strings[-1] if action.option_strings else action.dest
    name = flag.lstrip("-").replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) or name == "c" else name


def _usual(action: argparse.Action) -> Any:
    """What a parameter is where nothing is said; a word that is needed has no such."""
    if not action.option_strings and action.nargs in (None, "+"):
        return inspect.Parameter.empty
    if isinstance(action, argparse._AppendAction):
        return []
    return False if action.nargs == 0 else ""


def _words(action: argparse.Action, value: Any) -> list[str]:
    """What of the command line says that ``action`` has this value."""
    if not action.option_strings:
        return [str(value)] if action.nargs is None else shlex.split(str(value))
    flag = action.option_strings[-1]
    if value is True:
        return [flag]
    values = value if isinstance(value, list) else [value]
    return [f"{flag}={one}" for one in values if one not in ("", False, None)]


def _task(name: str, parser: argparse.ArgumentParser) -> Task[Any]:
    actions = {_parameter(one): one for one in parser._actions if one.dest != "help"}

    def body(c: Context, **given: Any) -> None:
        said = [(actions[key], _words(actions[key], value)) for key, value in given.items()]
        options = [word for action, words in said for word in words if action.option_strings]
        own = [word for action, words in said for word in words if not action.option_strings]
        # pytest's options are words of ours
        code = cli.main([name, *options, *own])
        if code:
            raise Exit(code=code)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    usual = {key: _usual(one) for key, one in actions.items()}
    needed = [key for key, value in usual.items() if value is inspect.Parameter.empty]
    order = sorted(usual, key=lambda key: key not in needed)
    body.__doc__ = (parser.description or "").partition("\n")[0]
    body.__signature__ = inspect.Signature([  # type: ignore[attr-defined]
        inspect.Parameter("c", kind),
        *(inspect.Parameter(key, kind, default=usual[key]) for key in order),
    ])  # fmt: skip
    helps = {key: one.help % {"default": one.default, "prog": "invoke"} for key, one in
             actions.items() if one.help and one.help != argparse.SUPPRESS}  # fmt: skip
    lists = [key for key, value in usual.items() if isinstance(value, list)]
    made: Task[Any] = task(name=name, positional=needed, iterable=lists, help=helps)(body)
    return made


globals().update(
    {
        f"{name}_" if keyword.iskeyword(name) else name: _task(name, parser)
        for name, parser in cli.parsers().items()
    }
)
