"""Walking through a site by its own links: one page for each kind of address."""

import re
from urllib.parse import urljoin, urlsplit

_NUMBERS = re.compile(r"(?<=/)(\d+|[A-Z]+(?:-[A-Z]+)*-\d+)(?=/|$)")
# Files, and letters in their own strict sandbox, in which no script may run, so that nothing can look at them either.
_FILES = re.compile(r"(\.csv|\.pdf|\.txt|\.json|\.eml|/data/|/file/|beancount|/language/|/mail/samples/\d)")
MOST = 120


def kind_of(address):
    """What a path is about, without its numbers: /members/7/ is /members/#/."""
    return _NUMBERS.sub("#", urlsplit(address).path)


def walk(page, *, start="/"):
    """The addresses a person reaches by links from the start, one of each kind, in the order they were found."""
    waiting, found, seen = [start], [], set()
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        answer = page.goto(address)
        assert answer.status < 400, (address, answer.status)
        found.append(address)
        base = page.url
        links = page.eval_on_selector_all("a[href]", "found => found.map(a => a.getAttribute('href'))")
        for link in links:
            whole = urlsplit(urljoin(base, link))
            if (
                whole.netloc != urlsplit(base).netloc
                or whole.scheme not in ("http", "https")
                or _FILES.search(whole.path)
            ):
                continue
            path = whole.path + (f"?{whole.query}" if whole.query else "")
            if kind_of(path) not in seen:
                waiting.append(path)
    return found
