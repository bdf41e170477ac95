"""Walking through a site by its own links: some pages of each kind of address."""

import html
import re
from collections import Counter, defaultdict
from urllib.parse import urljoin, urlsplit

# A number, a code that begins with one or with capitals, the token of a link: what a page is about, and not which page.
_ABOUT = re.compile(r"(?<=/)(\d[\w-]*|[A-Z]+(?:-[A-Z]+)*-\d+|[0-9a-f]{32})(?=/|$)")
_LINKS = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]+)\"")
_SWITCH = "/language/"  # no page: it changes what the walk is about
_ASKED = 6  # pages of a kind that are read for links: what a page offers follows from how its object stands
REFUSED = 409  # what a link offers cannot be had as things stand, like letters to nobody: answered with a sentence


def kind_of(address):
    """What a path is about, without its numbers: /members/7/ is /members/#/."""
    return _ABOUT.sub("#", urlsplit(address).path)


def is_page(answer):
    """Whether it is looked at in the site: no file, no feed, and no letter in a sandbox where no script may run."""
    of_type = answer.headers.get("content-type", "").partition(";")[0]
    sandboxed = "sandbox" in answer.headers.get("content-security-policy", "")
    return (
        of_type == "text/html" and "attachment" not in answer.headers.get("content-disposition", "") and not sandboxed
    )


def walk(page, *, start="/", each=1, shut=None, further=0):
    """The addresses of pages a person reaches by links, `each` of a kind at most, in the order they were found.

    A link that leads to no page is put into the list `shut`, or is an error where there is none. Of kinds with many
    pages the first are read, and `further` of the others from all along the list: the newest meeting has no notes yet.
    """
    waiting, known, asked, taken, found = [start], {start}, Counter(), Counter(), []
    left, gone_through = defaultdict(list), set()
    while waiting or left:
        if not waiting:
            kind, others = left.popitem()
            gone_through.add(kind)
            waiting = others[:: -max(1, len(others) // further)][:further]
            asked[kind] -= len(waiting)
            continue
        address = waiting.pop(0)
        kind = kind_of(address)
        if asked[kind] == _ASKED:
            if further and taken[kind] and kind not in gone_through:
                left[kind].append(address)
            continue
        asked[kind] += 1
        answer = page.request.get(address, max_retries=2)  # a server may end an idle connection just then
        if not answer.ok and answer.status != REFUSED and shut is not None:
            shut.append(f"{address} answers {answer.status}")
            continue
        assert answer.ok or answer.status == REFUSED, (address, answer.status)
        if answer.status == REFUSED or not is_page(answer):
            asked[kind] = _ASKED
            continue
        if taken[kind] < each:
            taken[kind] += 1
            found.append(address)
        for path in _onward(text=answer.text(), base=answer.url):
            if path not in known:
                known.add(path)
                waiting.append(path)
    return found


def _onward(*, text, base):
    """Where the links of a page lead on this site."""
    for link in _LINKS.findall(text):
        whole = urlsplit(urljoin(base, html.unescape(link)))
        if whole.netloc == urlsplit(base).netloc and not whole.path.startswith(_SWITCH):
            yield whole.path + (f"?{whole.query}" if whole.query else "")
