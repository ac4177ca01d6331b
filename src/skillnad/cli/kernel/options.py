"""Options that several commands share, told once: a parameter that is a dataclass stands for an option for each of its
fields."""

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer reads it: the fields of each dataclass stand where its parameter does."""
    own = signature(command, eval_str=True).parameters.values()
    told = [each.replace(kind=Parameter.KEYWORD_ONLY) for one in own for each in _options(one)]

    @wraps(command)
    def run(**given: Any) -> None:
        command(**{one.name: _made(one, given) for one in own})

    run.__signature__ = Signature(told)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in told}
    return run


def _options(one: Parameter) -> Iterator[Parameter]:
    group = _group(one)
    if group is None:
        yield one
    else:
        yield from signature(group, eval_str=True).parameters.values()


def _made(one: Parameter, given: dict[str, Any]) -> Any:
    """The parameter's own value, or its dataclass of those that were given."""
    group = _group(one)
    return given[one.name] if group is None else group(**{each.name: given[each.name] for each in _options(one)})


def _group(one: Parameter) -> type | None:
    """The dataclass that the parameter is of."""
    return one.annotation if isinstance(one.annotation, type) and is_dataclass(one.annotation) else None
