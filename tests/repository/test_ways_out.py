"""Every way out is known: what is added and not listed in `outward` fails here, and what is listed is walked."""

from importlib.resources import files
from typing import Any

import outward
import pytest
from canaries import FOUND
from django.urls import URLPattern, URLResolver, get_resolver

import skillnad
from skillnad.cli.main import COMMANDS
from skillnad.config import explore_urls
from skillnad.publication.standard_reports import FILES as STORED
from skillnad.reports.editions import EDITIONS
from skillnad.reports.render.files import KINDS
from skillnad.reports.render.tables import FORMATS
from skillnad.web.analyst.differences import FILES as DIFFERENCES
from skillnad.web.analyst.explorer import FILES as EXPLORER


def named(patterns: list[Any]) -> set[str]:
    """The names of all addresses, those within others too."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= named(pattern.url_patterns)
        else:
            found.add(pattern.name or str(pattern.pattern))
    return found


def modules(package: str) -> set[str]:
    names = {item.name for item in files(package).iterdir()}
    return {name.removesuffix(".py") for name in names if name.endswith(".py") and name != "__init__.py"}


def test_every_page_is_listed() -> None:
    assert named(get_resolver().url_patterns) == set(outward.PAGES)


def test_explorer_of_one_snapshot_has_no_page_of_its_own() -> None:
    assert named(explore_urls.urlpatterns) <= set(outward.PAGES)


def test_every_command_is_listed() -> None:
    assert set(COMMANDS) == set(outward.COMMANDS)


@pytest.mark.parametrize(
    ("there", "listed"),
    [
        (KINDS, outward.FILES),
        (EXPLORER, outward.EXPLORED),
        (DIFFERENCES, outward.REPORTED),
        ([name.partition(".")[2] for name in STORED], outward.REPORTED),
        (FORMATS, outward.SCREEN),
        (EDITIONS, outward.EDITIONS),
    ],
    ids=["files", "explorer", "differences", "reports", "screen", "editions"],
)
def test_every_kind_of_file_is_listed(there: Any, listed: tuple[str, ...]) -> None:
    assert set(there) == set(listed)


@pytest.mark.parametrize(
    ("package", "listed"),
    [("skillnad.exchange.results", outward.EXPORTERS), ("skillnad.reports.render", outward.RENDERERS)],
)
def test_every_exporter_and_renderer_is_listed(package: str, listed: tuple[str, ...]) -> None:
    assert modules(package) == set(listed)


def test_every_function_of_the_packages_face_is_listed() -> None:
    functions = {name for name in skillnad._PUBLIC if not isinstance(getattr(skillnad, name), type)}
    assert functions == set(outward.NAMES)


def test_every_kind_of_file_can_be_searched_for_canaries() -> None:
    assert {*outward.FILES, *outward.EXPLORED, *outward.REPORTED, *outward.SCREEN} <= set(FOUND)


@pytest.mark.parametrize("listed", [outward.PAGES, outward.COMMANDS, outward.NAMES])
def test_what_is_not_walked_says_why(listed: dict[str, str]) -> None:
    told = [how for how in listed.values() if how.startswith(outward.NOTHING.strip())]
    assert all(len(how) > len(outward.NOTHING) for how in told)


def test_page_that_is_added_would_be_found() -> None:
    """The test above can fail: an address that nobody has listed has a name that is not there."""
    added = URLPattern(get_resolver().url_patterns[0].pattern, lambda request: None, name="ny")
    assert named([added]) - set(outward.PAGES) == {"ny"}
