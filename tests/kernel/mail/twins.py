"""The words of a mail's two twins, to be compared."""

import re
from html.parser import HTMLParser


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.attributes, self._inside = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in ("meta", "br"):
            self._inside.append(tag)

    def handle_endtag(self, tag):
        assert self._inside.pop() == tag

    def handle_data(self, data):
        if "head" not in self._inside:
            self.words += data.split()


def parsed(html):
    """A mail's HTML as its words, tags and attributes; every tag that was opened is closed."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    assert reader._inside == []
    return reader


def words_of_html(html):
    return parsed(html).words


def words_of_text(text):
    """The words of the plain twin, without the marks of lists and the rules above totals."""
    return [word for word in text.split() if not re.fullmatch(r"-+", word)]
