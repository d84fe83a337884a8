"""Footnotes of a Word document, which python-docx has no call for: their part, its settings and their references.

After ECMA-376 part 1, 17.11: footnotes 0 and 1 are the separators, those of the text follow.
"""

from __future__ import annotations

import re
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

ADDRESS = re.compile(r"https?://[^\s“”]*[^\s“”.,:;]")
BOOKMARK = "_Note{}"
SEPARATORS = ("separator", "continuationSeparator")


class Footnotes:
    """The footnotes of one document, written in order."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - python-docx has no types
        """An empty part with its separators, tied to a document that has the styles of footnotes."""
        self._styles = {
            "text": document.styles["footnote text"].style_id,
            "reference": document.styles["footnote reference"].style_id,
        }
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        self._part = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package
        )
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._root = root
        settings = OxmlElement("w:footnotePr")
        for number, kind in enumerate(SEPARATORS):
            note = _element("w:footnote", {"w:type": kind, "w:id": str(number)})
            note.append(_paragraph(None, _element("w:r", {}, _element(f"w:{kind}"))))
            root.append(note)
            settings.append(_element("w:footnote", {"w:id": str(number)}))
        _put_in_order(document.settings.element, settings)
        self._numbers: dict[str, int] = {}

    def add(self, paragraph: Any, words: str) -> None:  # noqa: ANN401
        """A footnote with these words, referred to at the end of a paragraph; the same words are one footnote."""
        if words in self._numbers:
            paragraph._p.append(self._again(self._numbers[words]))
            return
        number = self._numbers[words] = len(self._numbers) + 1
        note = str(number + len(SEPARATORS) - 1)
        mark = {"w:id": note, "w:name": BOOKMARK.format(number)}
        paragraph._p.append(_element("w:bookmarkStart", mark))
        paragraph._p.append(self._mark(_element("w:footnoteReference", {"w:id": note})))
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": note}))
        self._root.append(_element("w:footnote", {"w:id": note}, self._text(words)))

    def _again(self, number: int) -> Any:  # noqa: ANN401
        """A reference to a footnote that stands above, which Word renews when notes are added before it."""
        shown = self._mark(_text(str(number)))
        return _element("w:fldSimple", {"w:instr": f" NOTEREF {BOOKMARK.format(number)} \\f \\h "}, shown)

    def _text(self, words: str) -> Any:  # noqa: ANN401
        """A footnote's paragraph, its addresses as links."""
        text = _paragraph(self._styles["text"], self._mark(_element("w:footnoteRef")), _run(" "))
        at = 0
        for match in ADDRESS.finditer(words):
            text.append(_run(words[at : match.start()]))
            relation = self._part.relate_to(match.group(), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            text.append(_element("w:hyperlink", {"r:id": relation}, _run(match.group())))
            at = match.end()
        text.append(_run(words[at:]))
        return text

    def _mark(self, inner: Any) -> Any:  # noqa: ANN401
        """A run in the style of a footnote's number."""
        style = _element("w:rPr", {}, _element("w:rStyle", {"w:val": self._styles["reference"]}))
        return _element("w:r", {}, style, inner)


def _element(tag: str, attributes: dict[str, str] | None = None, *inside: Any) -> Any:  # noqa: ANN401
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    for one in inside:
        made.append(one)
    return made


def _paragraph(style: str | None, *inside: Any) -> Any:  # noqa: ANN401
    named = [_element("w:pPr", {}, _element("w:pStyle", {"w:val": style}))] if style else []
    return _element("w:p", {}, *named, *inside)


def _run(words: str) -> Any:  # noqa: ANN401
    return _element("w:r", {}, _text(words))


def _text(words: str) -> Any:  # noqa: ANN401
    text = _element("w:t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return text


def _put_in_order(settings: Any, made: Any) -> None:  # noqa: ANN401
    """Footnote settings stand before those of endnotes and of compatibility, as the schema has them."""
    after = next((one for one in settings if one.tag in {qn("w:endnotePr"), qn("w:compat")}), None)
    if after is None:
        settings.append(made)
    else:
        after.addprevious(made)
