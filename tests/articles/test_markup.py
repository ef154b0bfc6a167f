"""Trees of HTML: what a reader sees of them is read, and nothing else."""

import pytest

from claimcompare.articles.markup import block_text, parsed, prepare


def text(markup: str) -> str:
    tree = parsed(markup)
    prepare(tree)
    return block_text(tree)


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>Brock <i>said</i> <b>no</b>.<p>So.", "Brock said no.\n\nSo."),
        (
            "<div>Brock <a href=x>said</a> no.</div>loose<div>So.</div>",
            "Brock said no.\n\nloose\n\nSo.",
        ),
        ("one<br>two<br><br>three", "one\n\ntwo\n\nthree"),
        ("<p>The\n  quay\tis&nbsp;dry", "The quay is dry"),
        ("<ul><li>one<li>two</ul>", "- one\n\n- two"),
        ("<table><tr><th>Day<th>Level<tr><td>Mon<td>3 m</table>", "Day | Level\n\nMon | 3 m"),
        ("<p>She said <q>no <b>way</b></q>, he <q>yes</q>.", "She said “no way”, he “yes”."),
        ("<blockquote>No.<footer>— Una Brock</footer></blockquote>", "No.\n\n— Una Brock"),
        ("Bürger&shy;meister\u200bin", "Bürgermeisterin"),
        ("他<b>说</b>没有。", "他说没有。"),
        ("a\0b&#0;c&#1;d&#x1F;e", "a b c d e"),
        ("&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
    ],
)
def test_blocks_are_apart_and_sentences_whole(markup: str, seen: str) -> None:
    assert text(f"<html><body>{markup}</body></html>") == seen


@pytest.mark.parametrize(
    "markup",
    [
        "<script>no</script>", "<style>no</style>", "<!-- no -->", "<template>no</template>",
        "<noscript>no</noscript>", "<nav>no</nav>", "<aside>no</aside>", "<footer>no</footer>",
        "<form>no<button>no</button></form>", "<svg><text>no</text></svg>", "<p hidden>no</p>",
        "<p style='color:red; display: none'>no</p>", "<div style='visibility:hidden'>no</div>",
        "<textarea>no</textarea>", "<select><option>no</select>", "<iframe>no</iframe>",
    ],
)  # fmt: skip
def test_what_is_not_seen_or_no_article_is_not_read(markup: str) -> None:
    assert text(f"<p>Seen.</p>{markup}<p>Seen, too.</p>") == "Seen.\n\nSeen, too."


@pytest.mark.parametrize("markup", ["", " \n", "<!-- x -->"])
def test_nothing_is_no_tree(markup: str) -> None:
    assert parsed(markup) is None


def test_links_in_paragraphs_in_each_other_are_taken_out_once() -> None:
    nested = "<p>one <object><p>two <a href=x>said</a> and more of it</p></object> three</p>"
    assert "said" in text(nested)
