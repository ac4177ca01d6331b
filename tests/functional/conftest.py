"""A real browser: Debian's chromium, driven, against the application served on loopback."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in the thread of the tests
    sync_api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    assert program, "no chromium: run `make debian`"
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Any]:
    """Opens an address of the application in a new browser of a given size, with JavaScript or without."""
    contexts = []

    def opened(path: str, *, size: dict[str, int] = DESK, script: bool = True) -> Any:
        context = chromium.new_context(viewport=size, java_script_enabled=script, locale="sv-SE", accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def serious(page: Any) -> list[str]:
    """What axe finds of weight on the page: rule and the element."""
    page.evaluate(_AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    heavy = [violation for violation in found if violation["impact"] in ("serious", "critical")]
    return [f"{violation['id']}: {node['html'][:160]}" for violation in heavy for node in violation["nodes"]]


def wider_than_the_window(page: Any) -> int:
    """How many pixels the page sticks out to the side."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
