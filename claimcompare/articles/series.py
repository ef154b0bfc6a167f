"""Parts of a page that repeat: posts of a live page, and teasers of other articles."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from claimcompare.articles.markup import block_text

# From the time or the title of an item up to the item itself.
_LEVELS = 6
_LEAST = 3
LEAST_PROSE = 12
# A teaser has a sentence or two; what has more tells something itself.
_TEASER = 300
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_OUTERMOST = ("body", "html")
_NO_PROSE = frozenset(
    "aside button footer form head nav noscript option script select style template time".split()
)
_COMMENTS = re.compile(
    r"(?:^|\s)comments?(?:[-_](?:area|body|container|content|item|list|section|thread|wrapper))?(?=\s|$)"
    r"|disqus_thread",
    re.IGNORECASE,
)


class Length(NamedTuple):
    """The characters of an element that are prose, and those that are links."""

    prose: int = 0
    linked: int = 0


def lengths(tree: Any) -> dict[Any, Length]:
    """How much each element holds, counted in one pass."""
    from lxml.etree import iterwalk

    found: dict[Any, Length] = {}
    for _, element in iterwalk(tree, events=("end",)):
        own = _size(element.text)
        inner = [found[child] for child in element]
        prose = own + sum(one.prose for one in inner) + sum(_size(one.tail) for one in element)
        linked = sum(one.linked for one in inner)
        # Where a link leads to a place on its own page, its words are of that page.
        if element.tag == "a" and "#" not in element.get("href", ""):
            linked, prose = linked + prose, 0
        elif element.tag in _NO_PROSE:
            linked = prose = 0
        found[element] = Length(prose, linked)
    return found


def around(elements: Iterable[Any]) -> set[Any]:
    """All elements that hold one of these."""
    found: set[Any] = set()
    for element in elements:
        parent = element.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def leave_out_others(tree: Any, url: str | None) -> int:
    """Mark as no text what tells of other articles of the site, and comments.

    How many characters of prose stood beside the titles of the other articles is returned.
    """
    sizes, headlines = lengths(tree), around(tree.iter("h1"))
    site = _site(url)
    titles = (one for one in tree.iter(*_HEADINGS) if _leads_away(one, sizes[one], site))
    left: dict[Any, int] = {}
    for items in list(_groups(titles)):
        if all(one not in headlines and sizes[one].prose <= _TEASER for one in items):
            left |= {item: sizes[item].prose for item in items}
    for item in left:
        item.tag = "template"
    for element in tree.iter("div", "section", "ol", "ul", "li"):
        marked = any(_COMMENTS.search(element.get(name, "")) for name in ("id", "class"))
        if marked and element not in headlines:
            element.tag = "template"
    within = around(left)
    return sum(prose for item, prose in left.items() if item not in within)


def live_text(tree: Any) -> str:
    """The article around dated posts that make most of it, else nothing; the tree is prepared."""
    times = list(tree.iter("time"))
    if len(times) < _LEAST:
        return ""
    sizes, headlines = lengths(tree), around(tree.iter("h1"))
    asked = _written_to(tree, headlines)
    series: dict[Any, list[Any]] = {}
    for items in _groups(times):
        holder = items[0].getparent()
        if asked.isdisjoint((holder, holder.getparent())) and all(
            _is_post(sizes[item]) for item in items
        ):
            series.setdefault(_stretch(holder), []).extend(items)
    if not series:
        return ""
    posts = max(series.values(), key=lambda items: sum(sizes[item].prose for item in items))
    together = posts[0].getparent()
    if posts[-1].getparent() is not together:
        together = together.getparent()
    scope = _scope(together, headlines)
    if 2 * sum(sizes[post].prose for post in posts) < sum(sizes[part].prose for part in scope):
        return ""
    return "\n\n".join(filter(None, (_bare_text(part, last=part is scope[-1]) for part in scope)))


def _groups(anchors: Iterable[Any]) -> Iterator[list[Any]]:
    """Siblings of one kind that each hold an anchor, three or more, inner ones first."""
    found: dict[tuple[Any, str], dict[Any, None]] = {}
    for anchor in anchors:
        item = anchor.getparent()
        for _ in range(_LEVELS):
            if item is None or item.tag in _OUTERMOST:
                break
            found.setdefault((item.getparent(), item.tag), {})[item] = None
            item = item.getparent()
    return (list(items) for items in found.values() if len(items) >= _LEAST)


def _written_to(tree: Any, headlines: set[Any]) -> set[Any]:
    """What a field for comments stands in, as do the comments, up to what has the headline."""
    near = (islice(field.iterancestors(), _LEVELS) for field in tree.iter("textarea"))
    return {one for ancestors in near for one in ancestors if one not in headlines}


def _stretch(holder: Any) -> tuple[Any, ...]:
    """What is the same for all that hold the posts of one day each, or of one page of them."""
    return (holder.getparent(), holder.tag, holder.get("class"))


def _is_post(size: Length) -> bool:
    return size.prose >= max(LEAST_PROSE, size.linked)


def _leads_away(heading: Any, size: Length, site: str | None) -> bool:
    """Whether a heading is nothing but a link to another page of the site."""
    targets = [link.get("href", "") for link in heading.iter("a")]
    parent = heading.getparent()
    if parent is not None and parent.tag == "a":
        targets.append(parent.get("href", ""))
    elif size.prose or not size.linked:
        return False
    return any(_is_other_page(target.strip(), site) for target in targets)


def _site(url: str | None) -> str | None:
    try:
        return urlsplit(url).netloc if url else None
    except ValueError:
        return None


def _is_other_page(target: str, site: str | None) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme not in ("", "http", "https"):
        return False
    same = parts.netloc == site if parts.netloc else bool(parts.path)
    return same and not parts.fragment


def _scope(element: Any, headlines: set[Any]) -> list[Any]:
    """The smallest part around an element that has the headline, too.

    Where that is the whole page, its parts from the headline to the element.
    """
    part = element
    while part not in headlines and part.getparent() is not None:
        if part.getparent().tag in _OUTERMOST:
            before = list(part.itersiblings(preceding=True))
            headed = (at for at, one in enumerate(before) if one in headlines or one.tag == "h1")
            return [*reversed(before[: next(headed, -1) + 1]), part]
        part = part.getparent()
    return [part]


def _bare_text(part: Any, *, last: bool) -> str:
    """Its blocks without bare times and bare links, such as the ones that share a post."""
    copied = deepcopy(part)
    if last:
        # Loose text behind it, which its copy has as well, may be anything.
        copied.tail = None
    for item in copied.iter("li"):
        if any(child.tag in ("article", "div", "p", "section", "time") for child in item):
            item.tag = "div"
    for bare in list(copied.iter("time", "a")):
        if _stands_alone(bare):
            bare.tag = "nav"
    return block_text(copied)


def _stands_alone(element: Any) -> bool:
    parent, before = element.getparent(), element.getprevious()
    if parent is None or parent.tag in ("h1", *_HEADINGS):
        return False
    left = parent.text if before is None else before.tail
    return not (_size(left) or _size(element.tail))


def _size(text: str | None) -> int:
    return len(text.strip()) if text else 0
