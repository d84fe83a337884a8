"""Web pages, feeds, PDF and Word files become articles, or are unread with the reason."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from parley.model import Article, Unread
from parley.settings import Settings
from parley.sources import NO_OUTLET, collect
from parley.sources.documents import unwrapped
from parley.sources.page import text_of

PARAGRAPHS = [
    "TALMA, Sept. 6 (Agency) — The delegation of Kesht said on Friday that it would return to the table.",
    "“We have no other way,” the envoy told reporters. She would not say whether the list comes first.",
    "The talks were broken off in August after the bridge had been closed to convoys for a second time.",
]
META = """<meta property="og:site_name" content="The Ovrel Post"><meta name="author" content="Mira Osk">
<meta property="article:published_time" content="2031-09-06T01:30:00+03:00">
<meta property="article:modified_time" content="2031-09-09T01:30:00+03:00">
<link rel="canonical" href="https://ovrel.example/talks">"""


TITLE = "Talks resume in Talma"


def page(meta: str = META, paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    """A news page: menu, article with a caption, foot."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{TITLE}</title>{meta}</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>{TITLE}</h1><figure><img src="a.jpg"><figcaption>Delegates (OVN)</figcaption></figure>
{body}</article>
<footer>Copyright 2031 The Ovrel Post</footer></body></html>"""


def one(path: Path) -> Article | Unread:
    """The one thing that comes out of a file."""
    (found,) = collect([str(path)], Settings())
    return found


def article(path: Path) -> Article:
    """The article that comes out of a file."""
    found = one(path)
    assert isinstance(found, Article), found
    return found


def reason(path: Path) -> str:
    """Why a file went unread."""
    found = one(path)
    assert isinstance(found, Unread), found
    return found.reason


def test_web_page_gives_text_and_what_it_says_of_itself(tmp_path: Path) -> None:
    """Menu and foot are gone; outlet, day, author and address are the page's, place and agency the text's."""
    path = tmp_path / "talks.html"
    path.write_text(page(), encoding="utf-8")
    found = article(path)
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    assert "Home" not in found.text
    assert "Copyright" not in found.text
    assert (found.outlet, found.title, found.byline) == (
        "The Ovrel Post",
        "Talks resume in Talma",
        "Mira Osk",
    )
    assert (found.published, found.published_from) == (date(2031, 9, 6), "page")
    assert (found.url, found.dateline, found.credit) == ("https://ovrel.example/talks", "TALMA", "Agency")
    assert len(found.raw_digest) == 64


def test_table_wins_over_the_page(tmp_path: Path) -> None:
    """What a person says of a page stands over what the page says."""
    (tmp_path / "talks.htm").write_text(page(), encoding="utf-8")
    (tmp_path / "sources.csv").write_text("file,outlet,published\ntalks.htm,Kesht Daily,2031-09-08\n")
    found = article(tmp_path / "talks.htm")
    assert (found.outlet, found.published, found.published_from) == ("Kesht Daily", date(2031, 9, 8), "table")


def test_page_without_metadata_makes_nothing_up(tmp_path: Path) -> None:
    """A day of the running text is no day of publication, and the text's own date line is read."""
    path = tmp_path / "talks.html"
    path.write_text(
        page("", [*PARAGRAPHS[1:], "The accord was signed on 4 May 1994 in Talma."]), encoding="utf-8"
    )
    found = article(path)
    assert (found.outlet, found.published, found.published_from) == (NO_OUTLET, None, "guess")
    path.write_text(
        page("", ["TALMA, 6 September 2031 (Agency) - " + PARAGRAPHS[2], *PARAGRAPHS]), encoding="utf-8"
    )
    found = article(path)
    assert (found.published, found.published_from) == (date(2031, 9, 6), "text")


@pytest.mark.parametrize(
    "html",
    ["<html><body><nav><a href='/'>Home</a></nav></body></html>", "<p>Cookies?</p>", "<<<", "<!-- -->"],
)
def test_page_without_an_article_is_unread(tmp_path: Path, html: str) -> None:
    """A menu or a notice is no article."""
    (tmp_path / "menu.html").write_text(html)
    assert reason(tmp_path / "menu.html") == "no article was found on the page; save its text as .txt"


def test_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    """The page's own word about its encoding is heard."""
    html = page('<meta charset="windows-1252">', [*PARAGRAPHS, "The café’s owner, José Müller, stayed open."])
    (tmp_path / "talks.html").write_bytes(html.encode("windows-1252"))
    assert "The café’s owner, José Müller, stayed open." in article(tmp_path / "talks.html").text


def test_the_same_page_reads_the_same_in_every_process(tmp_path: Path) -> None:
    """Nothing hangs on the order of hashes or on an earlier file."""
    (tmp_path / "talks.html").write_text(page(), encoding="utf-8")
    (tmp_path / "feed.xml").write_text(FEED)
    code = (
        "import sys; from parley.sources import collect; from parley.settings import Settings;"
        "print(list(collect(sys.argv[1:], Settings())))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", "TZ": zone},
            capture_output=True,
            check=True,
        )
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland"))
    ]
    assert runs[0].stdout == runs[1].stdout
    assert [run.stderr for run in runs] == [b"", b""]


FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Ovrel Post</title>
<item><title>Talks &amp;amp; terms</title><link>https://ovrel.example/1</link>
<pubDate>Sat, 06 Sep 2031 01:00:00 +0300</pubDate>
<description>&lt;p&gt;The delegation said it would &lt;b&gt;return&lt;/b&gt;.&lt;/p&gt;
&lt;p&gt;Soon.&lt;/p&gt;</description>
</item>
<item><title>No text</title><link>https://ovrel.example/2</link></item>
<item><title>Second</title><description>A list was handed over.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Kesht Daily</title><entry>
<title>Bridge</title><link href="https://kesht.example/1"/><updated>2031-09-07T09:00:00Z</updated>
<author><name>Mira Osk</name></author><summary>Short.</summary>
<content type="html">
&lt;div&gt;The bridge was opened.&lt;br&gt;Convoys passed.&lt;/div&gt;</content></entry></feed>"""


@pytest.mark.parametrize("ending", ["xml", "rss"])
def test_feed_is_one_article_an_entry(tmp_path: Path, ending: str) -> None:
    """Title, link and text are the entry's, the outlet the feed's; the day is that of its time zone."""
    path = tmp_path / f"feed.{ending}"
    path.write_text(FEED)
    first, second, third = collect([str(tmp_path)], Settings())
    assert isinstance(first, Article)
    assert first.text == "The delegation said it would return.\n\nSoon."
    assert (first.outlet, first.title, first.url) == (
        "Ovrel Post",
        "Talks & terms",
        "https://ovrel.example/1",
    )
    assert (first.published, first.published_from) == (date(2031, 9, 6), "page")
    assert second == Unread(f"feed.{ending} entry 2", "the entry has no text")
    assert isinstance(third, Article)
    assert (third.published, third.published_from) == (None, "guess")


def test_atom_feed_prefers_content_and_marks_a_day_of_change(tmp_path: Path) -> None:
    """The whole text goes before the summary; where only the last change is dated, that day is a guess."""
    (tmp_path / "feed.atom").write_text(ATOM)
    found = article(tmp_path / "feed.atom")
    assert found.text == "The bridge was opened.\nConvoys passed."
    assert (found.published, found.published_from, found.byline) == (date(2031, 9, 7), "guess", "Mira Osk")


@pytest.mark.parametrize("content", ["<a>no feed", "<note><to>Talma</to></note>", "no xml at all"])
def test_xml_that_is_no_feed_is_unread(tmp_path: Path, content: str) -> None:
    """Other XML is said to be none of ours."""
    (tmp_path / "x.xml").write_text(content)
    assert reason(tmp_path / "x.xml").startswith("no entries were found in it")


def test_feed_cannot_read_files(tmp_path: Path) -> None:
    """An external entity isn't followed, and a file's content is never taken for a file's name."""
    (tmp_path / "secret.md").write_text("The secret stays.")
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{(tmp_path / "secret.md").as_uri()}">]>'
    (tmp_path / "feed.xml").write_text(FEED.replace("?>", f"?>{entity}", 1).replace("Soon.", "Soon &x;."))
    (tmp_path / "name.rss").write_text(str(tmp_path / "secret.md"))
    found = list(collect([str(tmp_path / "feed.xml"), str(tmp_path / "name.rss")], Settings()))
    assert not any(isinstance(item, Article) and "secret" in item.text for item in found)


def test_html_fragment_keeps_its_blocks_apart() -> None:
    """Paragraphs, lists, cells and line breaks stay apart; scripts and comments are no text."""
    html = "<p>One <i>two</i></p><!-- no --><ul><li>a</li><li>b</li></ul>c<br/>d<script>e()</script>&amp; f"
    assert text_of(html) == "One two\n\na\n\nb\n\nc\nd& f"
    assert text_of("plain <3 text") == "plain <3 text"
    assert text_of("") == ""


def pdf(*pages: Sequence[str]) -> bytes:
    """A PDF with each page's lines in Helvetica, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream = f"BT /F1 11 Tf 50 750 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content_bytes in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content_bytes)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return bytes(
        out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )


LINES = [
    "Talks resume in Talma",
    "TALMA, 6 September 2031 \\(Agency\\) - The delegation of Kesht said on Fri-",
    "day that it would return to the table within days, after a break of three",
    "weeks.",
    "1. It asks for a list.",
    "2. It asks for a bridge.",
]


def test_pdf_is_read_with_its_print_lines_put_together(tmp_path: Path) -> None:
    """Lines of a paragraph are one line again, so sentences are whole; the head is read as in any text."""
    (tmp_path / "talks.pdf").write_bytes(pdf(LINES, ["Nobody from Ovrel was reached for an answer."]))
    found = article(tmp_path / "talks.pdf")
    assert found.text.split("\n\n") == [
        "Talks resume in Talma",
        "TALMA, 6 September 2031 (Agency) - The delegation of Kesht said on Friday that it would return "
        "to the table within days, after a break of three weeks.",
        "1. It asks for a list.",
        "2. It asks for a bridge.",
        "Nobody from Ovrel was reached for an answer.",
    ]
    assert (found.title, found.dateline, found.published) == (
        "Talks resume in Talma",
        "TALMA",
        date(2031, 9, 6),
    )


def test_print_lines_keep_hyphens_before_capitals_and_blank_lines() -> None:
    """A hyphen inside a name stays; a blank line ends a paragraph."""
    wide = "the long line of the page that tells how wide it is set"
    assert (
        unwrapped(f"{wide} Kesht-\nOvrel talks\n\n{wide}\n\nnext")
        == f"{wide} Kesht-Ovrel talks\n\n{wide}\n\nnext"
    )
    assert unwrapped("") == ""


def test_locked_empty_and_damaged_pdfs_are_unread(tmp_path: Path) -> None:
    """A password, a scan without text and a torn file each have their reason and a way out."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(LINES))))
    writer.encrypt("word", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    (tmp_path / "scan.pdf").write_bytes(pdf([]))
    (tmp_path / "torn.pdf").write_bytes(pdf(LINES)[:40])
    assert reason(tmp_path / "locked.pdf") == "it is encrypted; save a copy without a password"
    assert reason(tmp_path / "scan.pdf").startswith("there is no text in it")
    assert reason(tmp_path / "torn.pdf").startswith("it is damaged or no pdf file")


def test_docx_keeps_paragraphs_and_cells_in_order(tmp_path: Path) -> None:
    """Paragraphs are set apart by blank lines, a table's cells are lines, a merged cell comes once."""
    document = Document()
    document.add_heading("Talks resume in Talma")
    document.add_paragraph("")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Held"
    table.cell(1, 0).text = "Kesht"
    table.cell(1, 1).text = "12"
    document.add_paragraph("Nobody from Ovrel was reached for an answer.")
    document.save(str(tmp_path / "talks.docx"))
    found = article(tmp_path / "talks.docx")
    assert found.text == (
        "Talks resume in Talma\n\nHeld\nKesht\n12\n\nNobody from Ovrel was reached for an answer."
    )
    assert found.title == "Talks resume in Talma"


def test_damaged_empty_and_swollen_docx_are_unread(tmp_path: Path) -> None:
    """A file that is no Word file, one without words, and one that unpacks to far more than a text."""
    (tmp_path / "torn.docx").write_bytes(b"PK\x03\x04 torn")
    Document().save(str(tmp_path / "empty.docx"))
    swollen = Document()
    swollen.add_paragraph("Talma " * 400_000)
    swollen.save(str(tmp_path / "swollen.docx"))
    settings = Settings(largest_text=100_000)
    found = {item.file: item for item in collect([str(tmp_path)], settings) if isinstance(item, Unread)}
    assert found["torn.docx"].reason.startswith("it is damaged or no docx file")
    assert found["empty.docx"].reason == "it is empty"
    assert found["swollen.docx"].reason == "it unpacks to more than 2,000,000 bytes"
