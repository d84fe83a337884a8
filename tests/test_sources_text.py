"""What a text says of itself: date lines, title, byline, credit, encoding, language, kind."""

from __future__ import annotations

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import UnreadableError
from parley.sources.dateline import lines_of_its_own, opening
from parley.sources.dates import day_in_address, day_of, days_in, only_year
from parley.sources.encoding import declared_in, decode, whole
from parley.sources.heading import read_heading
from parley.sources.kind import kind_of
from parley.sources.language import check_english, language_of
from parley.vocabulary import vocabulary

SAYS = "The delegation of Kesht said on Friday that it would return to the table within days."
MORE = f"{SAYS}\n\nNobody from Ovrel was reached for an answer.\n"
DAY = date(2031, 9, 6)


@pytest.mark.parametrize(
    ("line", "place", "agency", "day"),
    [
        (" date 2031-09-06 TALMA – ", "TALMA", "", DAY),
        ("TALMA, 6 September 2031 (Agency) - ", "TALMA", "Agency", DAY),
        ("TALMA, Sept. 6, 2031 (Agency) — ", "TALMA", "Agency", DAY),
        ("TALMA, Kesht, September 6th, 2031 (OVN) -- ", "TALMA, Kesht", "OVN", DAY),
        ("TALMA/LOWER OVREL (Kesht News Agency) – ", "TALMA/LOWER OVREL", "Kesht News Agency", None),
        ("TALMA (Agency, 6 September 2031) - ", "TALMA", "Agency", DAY),
        ("TALMA, September 6. /Agency/. ", "TALMA", "Agency", None),
        ("Talma, 6 September 2031 (Agency): ", "Talma", "Agency", DAY),
        ("Talma, Saturday, 6 September 2031 – ", "Talma", "", DAY),
        ("Bay of Talma (Agency) - ", "Bay of Talma", "Agency", None),
        ("TALMA—", "TALMA", "", None),
        ("PORT-AU-KESHT — ", "PORT-AU-KESHT", "", None),
        ("TALMA (Updated) – ", "TALMA", "", None),
        ("06.09.2031, Talma – ", "Talma", "", DAY),
    ],
)
def test_date_line_in_front_of_the_first_sentence(
    line: str, place: str, agency: str, day: date | None
) -> None:
    """Place, agency and day are read in whichever order they stand; such a text has no title."""
    read = read_heading(f"{line}{MORE}")
    assert (read.place, read.agency, read.details.published) == (place, agency, day)
    assert read.details.published_from == ("text" if day else "guess")
    assert read.details.title == ""
    found = opening(f"{line}{SAYS}")
    assert found is not None
    assert f"{line}{SAYS}"[found[1] :] == SAYS


@pytest.mark.parametrize(
    "line",
    [
        "Kesht – the larger of the two – said on Friday that it would return to the table.",
        "Kesht (the upstream party) — a guarantor since May — said so.",
        "The Kesht Union (KU) – the larger party – said on Friday that it would return.",
        "BREAKING – Talks have been called off, the mediator said.",
        "Photo: TALMA (Agency) – Delegates arrive at the hotel on Friday.",
        "TALMA – what next after the strike",
        "On 6 September — after weeks of silence — the delegation returned.",
        "MODERATOR: Thank you all for coming today.",
        "He said it twice - once on Friday, once on Sunday.",
        "— Talks have been called off.",
    ],
)
def test_other_dashes_make_no_date_line(line: str) -> None:
    """Asides, headlines, captions, flags and speakers of a transcript are not taken for places."""
    assert opening(line) is None


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("March 15, 2031", "", date(2031, 3, 15)),
        ("Saturday, 15 March 2031", "", date(2031, 3, 15)),
        ("Published: 2031-03-15 10:30", "", date(2031, 3, 15)),
        ("Published on March 15, 2031 at 10:30 a.m. GMT", "", date(2031, 3, 15)),
        ("Posted 2031-03-15T10:30:00+02:00", "", date(2031, 3, 15)),
        ("Date: 15.03.2031", "", date(2031, 3, 15)),
        ("Published: 15/03/2031 | Updated: 16/03/2031 09:00", "", date(2031, 3, 15)),
        ("(Updated 16 March 2031) | Published 15 March 2031", "", date(2031, 3, 15)),
        ("Published March 15, 2031 Updated March 16, 2031", "", date(2031, 3, 15)),
        ("Talma, 15 March 2031", "Talma", date(2031, 3, 15)),
        ("LOWER OVREL 15 March 2031", "LOWER OVREL", date(2031, 3, 15)),
        ("TALMA CITY, Kesht\N{NO-BREAK SPACE}", "TALMA CITY, Kesht", None),
        ("By Mira Osk | March 15, 2031", "", date(2031, 3, 15)),
    ],
)
def test_date_line_on_a_line_of_its_own(line: str, place: str, day: date | None) -> None:
    """A line may hold the day or the place alone, labelled or not; a day of change is none."""
    read = read_heading(f"Talks resume in Talma\n\n{line}\n\n{MORE}")
    assert (read.details.title, read.place, read.details.published) == ("Talks resume in Talma", place, day)
    assert read_heading(f"{line}\nTalks resume in Talma\n{MORE}").details.title == "Talks resume in Talma"


@pytest.mark.parametrize(
    "line",
    [
        "Exchange Set For March 15, 2031",
        "From 15 March 2031 to 16 March 2031",
        "Updated: 16 March 2031",
        "PEACE TALKS RESUME",
        "Talma Bridge (Agency)",
        "File photo, 15 March 2031 (Agency)",
        "15/13/2031",
        "Deadline 15 March 2031 for both",
    ],
)
def test_other_short_lines_are_no_date_line(line: str) -> None:
    """Headlines, captions, spans and days of change don't become the day of publication."""
    assert lines_of_its_own(line) == []


def test_labelled_day_goes_before_the_date_lines() -> None:
    """A text can be written a day before it is published; the label decides, wherever it stands."""
    text = f"Talks resume\n\nTALMA, 5 September 2031 (Agency) - {MORE}\nPublished: 6 September 2031\n"
    assert read_heading(text).details.published == DAY


def test_day_without_its_year_takes_the_only_one_or_stays_open() -> None:
    """The text's only written year is taken, and marked as a guess; with none or two nothing is taken."""
    lead = f"TALMA, Sept. 6 (Agency) - {SAYS} "
    one = read_heading(lead + "The pause agreed on 1 August 2031 holds.").details
    assert (one.published, one.published_from) == (DAY, "guess")
    assert read_heading(lead).details.published is None
    assert read_heading(lead + "It ran from 1 May 2030 to 1 May 2031.").details.published is None
    assert only_year("Since 1 August 2031, in 1994, on 2 August.") == 2031


def test_days_over_paragraphs_of_a_chronicle_are_not_its_own() -> None:
    """A list of days says nothing about when it was published."""
    days = "\n\n".join(f"{day} March 2031\n\n{SAYS}" for day in (1, 2, 3))
    assert read_heading(f"How it came to this\n\n{days}\n").details.published is None


def test_statement_signed_at_its_foot_is_dated_there() -> None:
    """Place, day and year as the last line are how a party signs."""
    read = read_heading(f"On the exchange\n\n{MORE}\nTalma, 6 September 2031\n")
    assert (read.details.published, read.place) == (DAY, "Talma")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Talks resume in Talma\n{MORE}", "Talks resume in Talma"),
        (f"Talks resume in Talma\n\n{MORE}", "Talks resume in Talma"),
        (f"# Talks **resume**\n\n{MORE}", "Talks **resume"),
        (f"Who guards the bridge?\n\n{MORE}", "Who guards the bridge?"),
        (f"Ovrel turns to the U.S.\n\n{MORE}", "Ovrel turns to the U.S."),
        (f"FOR IMMEDIATE RELEASE\n\nTalks resume\n\n{MORE}", "Talks resume"),
        (f"Talks resume\nTALMA, 6 September 2031 (Agency) - {MORE}", "Talks resume"),
        (f"Photo: Delegates arrive\n\nTalks resume\n\n{MORE}", "Talks resume"),
        (f"***\n\nTalks resume\n\n{MORE}", "Talks resume"),
        (MORE, ""),
        (f"Talks have resumed.\n\n{MORE}", ""),
        (f"“We have no other way.”\n\n{MORE}", ""),
        ("Talks resume in Talma", ""),
        (f"Dear friends,\n\n{MORE}", ""),
        ("The delegation of Kesht said on Friday that it would return to\nthe table within days.\n", ""),
        ("word " * 50 + f"\n\n{MORE}", ""),
        ("", ""),
    ],
)
def test_title_is_the_first_line_that_looks_like_a_headline(text: str, title: str) -> None:
    """Short, no full stop, and something below it; a text that begins with a sentence has none."""
    assert read_heading(text).details.title == title


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Mira Osk", "Mira Osk"),
        ("BY MIRA OSK and JON T. KELD, Ovrel Post", "MIRA OSK and JON T. KELD"),
        ("Written by Mira van der Osk in Talma", "Mira van der Osk"),
        ("By Mira Osk, Jon Keld & Ana-Lee O’Dorr | 6 September 2031", "Mira Osk, Jon Keld & Ana-Lee O’Dorr"),
        ("By the time talks resumed", ""),
        ("By Friday the bridge was open.", ""),
        ("By Friday", ""),
        ("Bystanders Watch Talks", ""),
    ],
)
def test_byline_is_a_line_of_names(line: str, byline: str) -> None:
    """Names alone behind "By", up to an outlet, a place or a day."""
    assert read_heading(f"Talks resume\n\n{line}\n\n{MORE}").details.byline == byline


@pytest.mark.parametrize(
    ("foot", "credit"),
    [
        ("Source: Ovrel News", "Ovrel News"),
        ("SOURCE: OVREL NEWS AGENCY.", "OVREL NEWS AGENCY"),
        ("(With inputs from Ovrel News)", "Ovrel News"),
        ("This article was originally published by Ovrel News.", "Ovrel News"),
        ("(Ovrel News)", "Ovrel News"),
        ("— /OVN/", "OVN"),
        ("Photo: Ovrel News (OVN)", ""),
        ("Source: Ovrel News photo", ""),
        ("Delegates arrive at the hotel on Friday. (OVN)", ""),
        ("Delegates arrive in Talma (OVN photo)", ""),
        ("Source: https://ovrel.example/1", ""),
        ("Source: a diplomat who asked for his name to be left out.", ""),
        ("(Updated)", ""),
        ("Photo: Delegates arrive in Talma\n(OVN)", ""),
    ],
)
def test_credit_at_the_foot_is_the_texts_never_a_pictures(foot: str, credit: str) -> None:
    """A labelled source or a bracket of its own credits the text; a caption's bracket credits the picture."""
    assert read_heading(f"Talks resume\n\n{MORE}\n{foot}\n").agency == credit


def test_pictures_credit_in_the_head_is_no_credit() -> None:
    """A caption between title and text doesn't lend its agency to the text."""
    for caption in ("Delegates in Talma (OVN)", "Photo: Talma, 6 September 2031 (OVN)", "Talma Hotel (OVN)"):
        read = read_heading(f"Talks resume\n\n{caption}\n\n{MORE}")
        assert (read.agency, read.details.published) == ("", None)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_written_form_of_a_day_is_that_day(day: date) -> None:
    """ISO, words in both orders, abbreviations and dots all come back as the same day."""
    forms = [
        "%Y-%m-%d",
        "%Y-%m-%dT10:30:00Z",
        "%d %B %Y",
        "%B %d, %Y",
        "%d.%m.%Y",
        "%a, %d %b %Y 10:30:00 GMT",
    ]
    for form in forms:
        assert day_of(day.strftime(form)) == day
    assert [found.on() for found in days_in(f"Talma, {day:%d %B %Y} – it said.")] == [day]


@pytest.mark.parametrize("cell", ["", "soon", "2031", "May 2031", "6 September", "01/02/2031", "2031-13-01"])
def test_cell_that_is_no_day_says_how_to_write_one(cell: str) -> None:
    """Half days and days that may be two are refused with the form to use."""
    with pytest.raises(ValueError, match=r"write it as 2031-09-06"):
        day_of(cell)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1)


@given(TEXT, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_round_trips(text: str, encoding: str) -> None:
    """What is written with or without a byte order mark is read back, character for character."""
    assert decode(text.encode(encoding)) == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == text


@given(st.lists(st.sampled_from(["Talma", "envoy", "\n", "\r\n", "\r", " ", "é"]), max_size=20))
def test_line_ends_become_newlines_and_nothing_else_changes(pieces: list[str]) -> None:
    """Every kind of line end is one newline."""
    text = "".join(pieces)
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert decode(text.encode()) == expected


TYPOGRAPHIC = ["“We", "wait,”", "said", "José", "Müller", "–", "the", "café’s", "owner."]


@given(st.lists(st.sampled_from(TYPOGRAPHIC), min_size=12))
def test_windows_1252_is_recognised(words: list[str]) -> None:
    """The curly quotes and accents of older office programs come out right, in UTF-8 or not."""
    text = "The envoy said on Friday that talks had stalled. “We wait,” he said. " + " ".join(words)
    assert decode(text.encode("cp1252")) == text


def test_declared_encoding_counts_where_the_bytes_are_not_utf8() -> None:
    """A server's or a page's word is taken before a guess, and ignored where it names nothing."""
    raw = "Переговоры".encode("koi8-r")
    assert decode(raw, "koi8-r") == "Переговоры"
    assert decode("Talma é".encode(), "latin-1") == "Talma é"
    assert decode("é".encode(), "no-such-thing") == decode("é".encode(), "base64") == "é"
    assert declared_in("text/html; charset=ISO-8859-1") == "ISO-8859-1"
    assert declared_in("text/html", b'<meta charset="koi8-r">') == "koi8-r"
    assert declared_in("", b"<p>none</p>") == ""


@pytest.mark.parametrize(
    "raw",
    [b"\0\1\2", b"%PDF-1.4 text", b"PK\x03\x04abc", b"\x1b\x02" * 20, b"\xff\xfea", b"\xef\xbb\xbf\xff"],
)
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    """Binary content and broken marks are said to be so, with a way out."""
    with pytest.raises(UnreadableError, match="save it as"):
        decode(raw)


@given(st.text())
def test_half_characters_are_replaced_one_for_one(text: str) -> None:
    """The result can always be stored, and no offset moves."""
    mended = whole(text)
    assert len(mended) == len(text)
    mended.encode()
    assert all(a == b or (b == "\ufffd" and "\ud800" <= a <= "\udfff") for a, b in zip(text, mended))


def test_short_and_doubtful_texts_count_as_english_and_the_table_wins() -> None:
    """Names and abbreviations alone say nothing about a language; a person's word does."""
    assert language_of("Osk, Keld, Ovrel, Talma") == "en"
    assert language_of(MORE) == "en"
    assert language_of(MORE, "fr") == "fr"
    assert language_of(MORE, "EN_gb") == language_of(MORE, "English") == "en"
    with pytest.raises(UnreadableError, match=r"in Arabic \(ar\); Parley reads English only"):
        check_english("ar")
    with pytest.raises(UnreadableError, match=r"has no name for \(tlh\); Parley reads English only"):
        check_english("tlh")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "de",
            "Das Ministerium teilte am Freitag mit, dass die Gespräche in Talma wieder beginnen. ",
        ),
        (
            "ru",
            "Министерство сообщило в пятницу, что переговоры в Тальме скоро возобновятся. ",
        ),
        (
            "ar",
            "أعلنت الوزارة يوم الجمعة أن المحادثات ستستأنف في المدينة بعد ثلاثة أسابيع. ",
        ),
        (
            "es",
            "El ministerio dijo el viernes que las conversaciones se reanudarían en Talma. ",
        ),
    ],
)
def test_languages_of_running_text_are_told(code: str, text: str) -> None:
    """Running text in another language is told from English."""
    assert language_of(text * 3) == code


def test_languages_have_names() -> None:
    """Every code of the vocabulary is a word, also where YAML would read it as a truth value."""
    languages = vocabulary("datelines")["languages"]
    assert all(isinstance(code, str) and isinstance(name, str) for code, name in languages.items())
    assert languages["no"] == "Norwegian"


AGREEMENT = """Agreement on the Lower Ovrel bridge

The Parties, meeting in Talma, have agreed as follows:

Article 1
The Parties shall halt all fire along the river from noon on the day of signature.

Article 2
Each Party shall hand over a list of the people it holds within five days.

Article 3 Guarantees

The Parties undertake to accept the mediator's findings.

Done in Talma."""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("agreement", AGREEMENT),
        (
            "agreement",
            "Terms\n\n(1) Both sides shall wait.\n\n(2) Both agree to talk.\n\n(3) Nothing else.",
        ),
        ("agreement", "Terms\n1. The Parties shall wait.\n2. The Parties shall talk.\n3. Costs are shared."),
        ("statement", f"FOR IMMEDIATE RELEASE\n\nTalks resume\n\n{MORE}"),
        ("statement", f"PRESS RELEASE, 6 September 2031\n\n{MORE}"),
        ("statement", f"Communiqué No. 5\n\n{MORE}"),
        ("statement", f"Statement by the Kesht delegation\n\nWe will return to the table. {MORE}"),
        (
            "report",
            f"Statement by Kesht draws anger in Ovrel\n\n{MORE}“We weren’t asked,” the US said.",
        ),
        ("report", f"Talks resume\n\n{MORE}"),
        (
            "report",
            f"Agreed\n\n{MORE}\n{SAYS}\n\n{SAYS}\n\n1. A pause.\n\n2. A list.\n\n3. A bridge.",
        ),
        ("report", f"Five points\n\n1. {SAYS}\n\n2. {SAYS}\n\n3. {SAYS}\n\n4. {SAYS}"),
        ("report", ""),
    ],
)
def test_kind_is_told_by_shape_and_report_in_doubt(kind: str, text: str) -> None:
    """Binding numbered provisions make an agreement, a party's own heading a statement, nothing else does."""
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Bulletin No. 7, 20 February 2035",
        "Sawt al-Wadi, Tuesday 20 February 2035",
        "Circular to Members No. 32/17, February 20, 2035",
        "The Evening Hour, Tuesday 20 February 2035. Transcript",
    ],
)
def test_a_masthead_that_closes_with_a_day_dates_the_text(line: str) -> None:
    """A short head line that ends in a full date gives the day, whatever stands before the comma."""
    (found,) = lines_of_its_own(line)
    assert found.day is not None
    assert found.day.on() == date(2035, 2, 20)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://ovrel.example/2031/09/06/talks", date(2031, 9, 6)),
        ("https://ovrel.example/news/2031-9-6-talks", date(2031, 9, 6)),
        ("https://ovrel.example/2031/13/06/talks", None),
        ("https://ovrel.example/2031/09/talks", None),
        ("https://ovrel.example/talks?from=2031/09/06", None),
        ("", None),
    ],
)
def test_the_path_of_an_address_may_name_a_day(url: str, day: date | None) -> None:
    """Year, month and day in a row are a day; a month, an impossible day or a query names none."""
    assert day_in_address(url) == day


def test_a_headline_that_names_a_day_is_no_date_line() -> None:
    """Without a comma before it the day belongs to the headline."""
    assert lines_of_its_own("Council to vote on the road on 20 February 2035") == []
