"""Feeds: an article for each entry, and nothing that a feed asks for is fetched or expanded."""

import pytest

from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_each
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Fenwick Post</title><link>https://fenwick.example/</link><language>en-gb</language>
<item><media:title>no</media:title><title>Quay&nbsp;is dry &amp; shut</title>
<link>https://fenwick.example/1</link><description>A short one.</description>
<content:encoded><![CDATA[<p>Zo\u00eb Brock <i>said</i> it is dry.</p><p>Bray denied&nbsp;it.</p>
<script>no</script>]]></content:encoded><dc:creator>Tam Weir</dc:creator>
<pubDate>Sun, 03 May 2026 10:20:00 +0200</pubDate></item>
<item><title>Plain</title><description>AT&amp;T said no. 3 &lt; 4, he said.</description>
<author>post@fenwick.example (Una Brock)</author><pubDate>some day</pubDate>
<source url="https://other.example">Other Post</source></item>
<item><link>https://fenwick.example/3</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenbote</title>
<link href="https://bote.example/"/><entry><title type="html">Kai &lt;b&gt;trocken&lt;/b&gt;</title>
<link rel="self" href="https://bote.example/self"/><link href="https://bote.example/2"/>
<updated>2026-05-04T10:00:00Z</updated><published>2026-05-03</published>
<author><name>Tam Weir</name><email>x@bote.example</email></author><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Brock sagte <b>nein</b>.</p><p>Bray ja.</p></div>
</content></entry><entry xml:lang="en"><title>Short</title><summary>Only this, she said.</summary>
<updated>2026-05-04T10:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Old Post</title></channel><item rdf:about="y"><title>Dry</title>
<link>https://old.example/1</link><description>So she said.</description>
<dc:date>2026-05-03T10:00:00+09:00</dc:date></item></rdf:RDF>"""


def read(feed: str | bytes) -> list[Extracted | ArticleError]:
    raw = feed if isinstance(feed, bytes) else feed.encode()
    with Worker(ReadSettings()) as worker:
        return list(read_each(Source("feed.xml", "feed", raw, ".xml"), worker))


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_rss(encoding: str) -> None:
    first, second, third = read(RSS.format(encoding=encoding).encode(encoding))
    assert first == Extracted(
        text="Quay is dry & shut\n\nZo\u00eb Brock said it is dry.\n\nBray denied it.",
        title="Quay is dry & shut",
        publisher="Fenwick Post",
        author="Tam Weir",
        published="2026-05-03T10:20:00+02:00",
        url="https://fenwick.example/1",
        language="en-gb",
        id="feed-1",
    )
    assert isinstance(second, Extracted)
    assert second.text == "Plain\n\nAT&T said no. 3 < 4, he said."
    assert (second.author, second.publisher) == ("Una Brock", "Other Post")
    assert (second.published, second.url) == ("some day", None)
    assert str(third) == "feed.xml: row 3: holds no words; nothing to compare"


def test_atom() -> None:
    first, second = read(ATOM)
    assert first == Extracted(
        text="Kai trocken\n\nBrock sagte nein.\n\nBray ja.",
        title="Kai trocken",
        publisher="Hafenbote",
        author="Tam Weir",
        published="2026-05-03",
        url="https://bote.example/2",
        language="de",
        id="feed-1",
    )
    assert isinstance(second, Extracted)
    assert (second.text, second.language) == ("Short\n\nOnly this, she said.", "en")
    assert second.published == "2026-05-04T10:00:00Z"


def test_rss_1() -> None:
    (found,) = read(RDF)
    assert isinstance(found, Extracted)
    assert (found.text, found.publisher) == ("Dry\n\nSo she said.", "Old Post")
    assert (found.url, found.published) == ("https://old.example/1", "2026-05-03T10:00:00+09:00")


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ("<rss><channel><item><title>cut", "is broken XML"),
        ("<rss>" + "<a>" * 5_000, "is broken XML"),
        ("<rss><channel></channel></rss>", "holds no article"),
        ('<!DOCTYPE rss [<!ENTITY a "ha">]><rss><item><title>&a;</title></item></rss>', "entities"),
        (
            "<?xml version='1.0'?><!-- x --><!DOCTYPE rss [<!ENTITY a SYSTEM 'x'>]><rss >",
            "entities",
        ),
    ],
)
def test_what_is_broken_or_dangerous_is_refused(feed: str, words: str) -> None:
    (fault,) = read(feed)
    assert isinstance(fault, ArticleError)
    assert str(fault).startswith("feed.xml: ")
    assert words in str(fault)


def test_nothing_outside_is_read(tmp_path: object) -> None:
    outside = (
        f'<!DOCTYPE rss SYSTEM "file://{tmp_path}/x.dtd">'
        "<rss><item><title>&x; A</title></item></rss>"
    )
    (found,) = read(outside)
    assert isinstance(found, Extracted)
    assert found.text == "&x; A"


OTHER = """<rss xmlns:media="{media}" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Fenwick Radio</title>
<item>{item}<itunes:title>no</itunes:title><media:title>no</media:title></item></channel></rss>"""
SAID = "Una Brock said that the quay is dry."


@pytest.mark.parametrize("media", ["http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"])
@pytest.mark.parametrize(
    "item",
    [
        f"<media:description>{SAID}</media:description>",
        f"<media:group><media:description>{SAID}</media:description></media:group>",
        f"<description>In short.</description><itunes:summary>{SAID}</itunes:summary>",
        f"<itunes:summary>Radio.</itunes:summary><media:description>{SAID}</media:description>",
        f"<summary>{SAID}</summary><description>A quay.</description>",
    ],
)
def test_the_longest_of_what_tells_some_is_read(item: str, media: str) -> None:
    found = read(OTHER.format(item=item, media=media))
    assert found == [Extracted(text=SAID, publisher="Fenwick Radio", id="feed-1")]
    # What holds all of an article goes before it, however short.
    whole = f"{item}<content:encoded>No.</content:encoded>"
    (first,) = read(OTHER.format(item=whole, media=media))
    assert isinstance(first, Extracted)
    assert first.text == "No."


@pytest.mark.parametrize(
    ("named", "url", "its_id"),
    [
        ("<guid>https://fenwick.example/7</guid>", "https://fenwick.example/7", "feed-1"),
        ('<guid isPermaLink="false">post-7</guid>', None, "post-7"),
        ('<guid isPermaLink="false">https://fenwick.example/?p=7</guid>', None,
         "https://fenwick.example/?p=7"),
        ("<guid>post 7 &amp; 8</guid>", None, "post 7 & 8"),
        ("<link>https://fenwick.example/7</link><guid>https://x.example</guid>",
         "https://fenwick.example/7", "feed-1"),
        ("", None, "feed-1"),
    ],
)  # fmt: skip
def test_an_entry_without_a_link_is_known_by_its_name(
    named: str, url: str | None, its_id: str
) -> None:
    (found,) = read(
        f"<rss><channel><item>{named}<description>It is dry, she said.</description></item>"
        "</channel></rss>"
    )
    assert isinstance(found, Extracted)
    assert (found.url, found.id) == (url, its_id)


def test_an_entry_of_atom_without_a_link_is_known_by_its_name() -> None:
    (found,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:bote.example,2026:7</id>'
        "<summary>It is dry, she said.</summary></entry></feed>"
    )
    assert isinstance(found, Extracted)
    assert (found.url, found.id) == (None, "tag:bote.example,2026:7")


@pytest.mark.parametrize(
    "item",
    [
        f"<media:text>{SAID}</media:text>",
        f"<itunes:subtitle>{SAID}</itunes:subtitle>",
        f"<media:content><media:description>{SAID}</media:description></media:content>",
        f"<media:group><media:content><media:text>{SAID}</media:text></media:content></media:group>",
    ],
)
def test_what_is_told_elsewhere_alone_is_read(item: str) -> None:
    (found,) = read(OTHER.format(item=item, media="http://search.yahoo.com/mrss/"))
    assert isinstance(found, Extracted)
    assert found.text == SAID


def test_the_caption_of_a_picture_stands_for_no_article() -> None:
    caption = f"<media:content><media:description>{SAID * 3}</media:description></media:content>"
    item = f"<description>{SAID}</description>{caption}"
    (found,) = read(OTHER.format(item=item, media="http://search.yahoo.com/mrss/"))
    assert isinstance(found, Extracted)
    assert found.text == SAID
