"""Every page a person reaches by links: accessible, from this host alone, light, and in the language asked for."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from journeys.browser.conftest import watched
from journeys.browser.walking import kind_of, walk

FIRST_VISIT, LATER_PAGES = 50_000, 15_000  # bytes transferred
# Every page is looked at in one of these, by turns; `make test-long` takes every page in every one.
WAYS = [(language, theme, width) for language in ("en", "es") for theme in ("light", "dark") for width in (1280, 320)]
WHO = ("administrator", "member")  # a treasurer's pages are an administrator's with less on them
# Words that stand in a page of the other language only where a translation was forgotten.
ENGLISH = re.compile(r"\b(the|and|of|with|your|this|from|which|every|invoice|member|payment|standing)\b", re.IGNORECASE)
SPANISH = re.compile(r"\b(el|los|las|con|una|que|para|esta|aviso|membresía|pago|situación)\b", re.IGNORECASE)
_AXE = Axe()
# Nothing here plays by itself: axe need not fetch every style and film once more to see that.
_ASKED = {"resultTypes": ["violations"], "preload": False}
# Read without being drawn: words need no styles.
_VISIBLE = """text => {
  const read = new DOMParser().parseFromString(text, 'text/html');
  const language = read.documentElement.lang;
  const other = language === 'es' ? 'en' : 'es';
  const walker = read.createTreeWalker(read.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const near = walker.currentNode.parentElement;
    if (near.closest('[lang="' + other + '"], [dir="auto"], script, style, code, option, pre, textarea')) continue;
    found.push(walker.currentNode.data.trim());
  }
  return [language, found.filter(text => text.length > 0)];
}"""


def _violations(found):
    return [(v["id"], v["help"], [node["html"][:160] for node in v["nodes"][:3]]) for v in found.response["violations"]]


@pytest.fixture(scope="module")
def addresses():
    """What was walked for each person, kept for the tests that follow."""
    return {}


def _walked(addresses, come_in, who):
    if who not in addresses:
        addresses[who] = walk(come_in(who))
    return addresses[who]


def _checked(*, page, paths, base):
    wrong = {}
    for path in paths:
        with watched(page, base=base) as (strangers, complaints):
            page.goto(path)
            found = _violations(_AXE.run(page, options=_ASKED))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults = found + [("elsewhere", s) for s in strangers] + [("console", c) for c in complaints]
        if wide > 0:
            faults.append(("wider than the screen", wide))
        if faults:
            wrong[path] = faults
    return wrong


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_accessible_and_asks_nobody_else(addresses, site, come_in, who):
    paths = _walked(addresses, come_in, who)
    wrong = {}
    for turn, (language, theme, width) in enumerate(WAYS):
        page = come_in(who, language=language, theme=theme, width=width)
        wrong |= _checked(page=page, paths=paths[turn :: len(WAYS)], base=site.url)
    assert wrong == {}


@pytest.mark.long
@pytest.mark.parametrize(("language", "theme", "width"), WAYS)
@pytest.mark.parametrize("who", [*WHO, "treasurer_mx"])
def test_every_page_is_accessible_in_every_way(addresses, site, come_in, who, language, theme, width):
    paths = _walked(addresses, come_in, who)
    page = come_in(who, language=language, theme=theme, width=width)
    assert _checked(page=page, paths=paths, base=site.url) == {}


@pytest.mark.parametrize("who", ["sponsor", "auditor"])
def test_nobody_is_offered_a_page_that_is_shut_to_them(come_in, who):
    shut = []
    assert len(walk(come_in(who), shut=shut)) > 20
    assert shut == []


@pytest.mark.long
@pytest.mark.parametrize("who", ["chair", "caller", "member", "treasurer_us", "treasurer_mx"])
def test_no_link_of_anybody_is_shut(come_in, who):
    shut = []
    walk(come_in(who), each=2, shut=shut)
    assert shut == []


@pytest.mark.parametrize(("language", "stranger"), [("es", ENGLISH), ("en", SPANISH)])
def test_no_page_has_a_sentence_in_the_other_language(addresses, come_in, language, stranger):
    paths = _walked(addresses, come_in, "administrator")
    page = come_in("administrator", language=language)
    found = {}
    for path in paths:
        shown, sentences = page.evaluate(_VISIBLE, page.request.get(path).text())
        assert shown == language, path
        said = [text for text in sentences if len(stranger.findall(text)) > 1]
        if said:
            found[path] = said[:3]
    assert found == {}


def test_a_first_visit_is_fifty_kilobytes_and_later_pages_fifteen(addresses, site, come_in):
    paths = _walked(addresses, come_in, "administrator")
    page = come_in("administrator")
    sizes = {}
    for path in paths:
        answer = page.request.get(path, headers={"Accept-Encoding": "gzip"})
        body = answer.body()
        # The test's client unpacks; what a gzip-speaking server sends is what packing gives again.
        packed = len(gzip.compress(body)) if answer.headers.get("content-encoding") == "gzip" else len(body)
        sizes[kind_of(path)] = packed
    assert {path: size for path, size in sizes.items() if size > LATER_PAGES} == {}
    page.goto("/")
    assets = page.eval_on_selector_all("link[href], script[src]", "all => all.map(x => x.href || x.src)")
    weight = sum(len(gzip.compress(page.request.get(asset).body())) for asset in assets)
    assert max(sizes.values()) + weight <= FIRST_VISIT
