"""Walking through a site by its own links: one page for each kind of address."""

import re
from urllib.parse import urljoin, urlsplit

_NUMBERS = re.compile(r"(?<=/)(\d+|[A-Z]+(?:-[A-Z]+)*-\d+)(?=/|$)")
_SWITCH = "/language/"  # no page: it changes what the walk is about
MOST = 200
REFUSED = 409  # what a link offers cannot be had as things stand, like letters to nobody: answered with a sentence


def kind_of(address):
    """What a path is about, without its numbers: /members/7/ is /members/#/."""
    return _NUMBERS.sub("#", urlsplit(address).path)


def is_page(answer):
    """Whether it is looked at in the site: no file, no feed, and no letter in a sandbox where no script may run."""
    of_type = answer.headers.get("content-type", "").partition(";")[0]
    sandboxed = "sandbox" in answer.headers.get("content-security-policy", "")
    return (
        of_type == "text/html" and "attachment" not in answer.headers.get("content-disposition", "") and not sandboxed
    )


def walk(page, *, start="/"):
    """The addresses of pages a person reaches by links, one of each kind, in the order they were found."""
    waiting, seen, found = [start], {kind_of(start)}, []
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        answer = page.request.get(address)
        assert answer.ok or answer.status == REFUSED, (address, answer.status)
        if answer.status == REFUSED or not is_page(answer):
            continue
        page.goto(address)
        found.append(address)
        base = page.url
        links = page.eval_on_selector_all("a[href]", "found => found.map(a => a.getAttribute('href'))")
        for link in links:
            whole = urlsplit(urljoin(base, link))
            if whole.netloc != urlsplit(base).netloc or whole.path.startswith(_SWITCH):
                continue
            path = whole.path + (f"?{whole.query}" if whole.query else "")
            if kind_of(path) not in seen:
                seen.add(kind_of(path))
                waiting.append(path)
    return found
