"""`python -m benchmarks [NAME…]`: the goals of the named modules, or of all."""

import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import benchmarks


def modules(names: list[str]) -> list[ModuleType]:
    """Modules whose NAME is asked for; all of them where none is."""
    found = {}
    for info in iter_modules(benchmarks.__path__):
        if info.name.startswith("_") or info.name == "proof":
            continue
        module = import_module(f"benchmarks.{info.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = module
    unknown = [name for name in names if name not in found]
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(sorted(found))}.")
    return [found[name] for name in (names or sorted(found))]


def main() -> None:
    short = 0
    for module in modules(sys.argv[1:]):
        for goal in module.run():
            print(goal.line(), flush=True)
            short += not goal.reached
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
