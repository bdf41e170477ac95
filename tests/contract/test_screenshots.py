"""What the pictures leave out is named by addresses that exist; a page that is gone is no excuse for another."""

import importlib.util
from pathlib import Path

from django.urls import URLPattern, get_resolver

TOOL = Path(__file__).parents[2] / "tools" / "screenshots.py"


def _names(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from _names(pattern)


def test_every_address_without_a_picture_exists_and_is_left_out_for_one_reason():
    spec = importlib.util.spec_from_file_location("screenshots", TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    # The demonstration's own door is no address of a site that is none.
    assert (tool.NO_PAGES | tool.NOT_HERE) - set(_names(get_resolver())) <= {"demo_come_in"}
    assert not tool.NO_PAGES & tool.NOT_HERE
