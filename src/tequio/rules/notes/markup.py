"""Which marks a text written line by line uses: Markdown, Trac wiki, MediaWiki, or none."""

import re
from collections.abc import Sequence
from typing import Final

_WIKI_HEADING: Final = re.compile(r"(={1,6})\s?\S.*?\1\s*$")
_HASH_HEADING: Final = re.compile(r"#{1,6} \S")
_MEDIAWIKI: Final = re.compile(
    r"'''|\[\[(?:Category|Categoría|File|User|Archivo|Usuario):|^\{\||^\*{2,}\s?\w|^\*:|^\{\{[^{]|^[;:]{1,3}\s?[\w*]",
    re.MULTILINE,
)
_NAMED: Final = re.compile(r"^ ?(={2,6}) ?[^\W_][^\n]{0,180}\1[ \t]*$", re.MULTILINE)
_DEFINED: Final = re.compile(r"^[;:]{1,3}\s?[\w*'\[(¿¡\"]", re.MULTILINE)
_MANY_DEFINED: Final = 4  # lines that define a word, or hang below one
_LONGEST_HEADING: Final = 200
_SAMPLE: Final = 1_500


def marked_form(*, lines: Sequence[str]) -> str:
    """The form of the lines: plain, markdown, trac or mediawiki."""
    sample = lines[:_SAMPLE]
    equals = sum(
        1
        for line in sample
        if line[:2].strip(" =") == "" and "=" in line[:2] and _WIKI_HEADING.match(line.strip()[:_LONGEST_HEADING])
    )
    hashes = sum(1 for line in sample if line[:1] == "#" and _HASH_HEADING.match(line))
    text = "\n".join(sample)
    if hashes and equals and _NAMED.search(text) and "\n##" not in text and not text.startswith("##"):
        return "mediawiki"  # headings between equal signs, so one hash numbers an entry
    wiki = equals and _MEDIAWIKI.search(text)  # where a hash numbers an entry
    if equals and (equals >= hashes or wiki):
        return "mediawiki" if wiki and "[wiki:" not in text and "{{{" not in text else "trac"
    if hashes or "](http" in text or "\n- [ ]" in text or "\n- [x]" in text or text.count("**") >= 4:  # noqa: PLR2004 - WONTFIX: two bold words
        return "markdown" if hashes else "plain"
    if len(_DEFINED.findall(text)) >= _MANY_DEFINED:
        return "mediawiki"
    return "mediawiki" if text.count("'''") >= 4 and _MEDIAWIKI.search(text) else "plain"  # noqa: PLR2004 - WONTFIX: two bold words
