"""Articles that a command line names twice, such as by two patterns or in two feeds."""

import re
from hashlib import sha256

from claimcompare import Article
from claimcompare.cli.console import is_quiet, tell

_NUMBER = re.compile(r"-\d+\Z")
# So many are named; the rest are counted.
_SHOWN = 10


class Twice:
    """Knows which articles were there before, and counts them; made on the thread of a command."""

    def __init__(self) -> None:
        self.count = 0
        self._seen: set[bytes] = set()
        self._is_quiet = is_quiet()

    def __call__(self, article: Article) -> bool:
        """Whether it was there before; that is told."""
        known = _known(article)
        if known not in self._seen:
            self._seen.add(known)
            return False
        self.count += 1
        if self.count <= _SHOWN and not self._is_quiet:
            tell(f"passed over: {article.id}: is there twice (text, outlet, address and date)")
        return True


def _known(article: Article) -> bytes:
    """What an article is known by: also by its file, where its outlet, address and date are not."""
    told: tuple[str | None, ...] = (article.publisher, article.url, article.published)
    if not any(told):
        told = (_NUMBER.sub("", article.id),)
    return sha256(repr((article.text, *told)).encode()).digest()[:16]
