"""The CV as a text file (docx) that its person opens, corrects and sends: headings, lists, French, one page.

Every row is exactly 14 points high, as the page was counted (`competences.rules.cvs`): no font makes it longer.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from competences.enums import CvLook, CvPart
from competences.rules.cvs import Line, Section
from competences.selectors.cvs.page import CvPage

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

_FONT, _LANGUAGE = "Arial", "fr-FR"
_INK, _BRAND, _WHITE, _MUTED = "1C2B2D", "0B4646", "FFFFFF", "4A5A5C"
_ROW = 14
"""Points."""
_DATES_MM, _MARGIN_MM = 45, 15


def cv_docx(made: CvPage) -> bytes:
    """The file; its look is the one that was chosen."""
    from docx import Document as new_document  # half a second: paid by who asks for a file

    document = new_document()
    _prepare(document, made)
    _write_head(document, made)
    for section in made.page.sections:
        _write_section(document, section)
    if made.head.languages:
        document.add_paragraph("Langues", style="Heading 1")
        document.add_paragraph(made.head.languages)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _prepare(document: Document, made: CvPage) -> None:
    from docx.shared import Mm

    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(sheet, side, Mm(_MARGIN_MM))
    about = document.core_properties
    about.title = f"CV – {made.head.name}"
    about.author = about.last_modified_by = made.head.name
    about.language, about.comments = _LANGUAGE, ""
    about.created = about.modified = timezone.now().replace(tzinfo=None)
    _speak_french(document)
    is_band = made.cv.look == CvLook.BAND
    on_head = _WHITE if is_band else _INK
    _dress(document, "Normal", 10, _INK)
    _dress(document, "Title", 20, on_head, rows=2, is_bold=True)
    _dress(document, "Subtitle", 13, on_head, rows=2)
    _dress(document, "Heading 1", 12, _BRAND if is_band else _INK, before=8, after=4, height=16, is_bold=True)
    _dress(document, "Heading 2", 10, _MUTED, is_bold=True)
    _dress(document, "List Bullet", 10, _INK)
    _dress(document, "List Continue", 10, _INK)
    if not is_band:
        _rule_under(document.styles["Heading 1"], _INK)


def _write_head(document: Document, made: CvPage) -> None:
    head = made.head
    band = [document.add_paragraph(head.name, style="Title")]
    if head.title:
        band.append(document.add_paragraph(head.title, style="Subtitle"))
    if head.contacts:
        band.append(document.add_paragraph(" · ".join(head.contacts)))
    if made.cv.look == CvLook.BAND:
        for paragraph in band:
            _shade(paragraph)
        for run in band[-1].runs if head.contacts else ():
            _colour(run, _WHITE)
    if head.presentation:
        said = document.add_paragraph(" ".join(head.presentation.split()))
        said.paragraph_format.space_before = _points(_ROW)


def _write_section(document: Document, section: Section) -> None:
    document.add_paragraph(section.title, style="Heading 1")
    for group in section.groups:
        if group.title:
            document.add_paragraph(group.title, style="Heading 2")
        for line in group.lines:
            _write_line(document, line)


def _write_line(document: Document, line: Line) -> None:
    if line.part is CvPart.SKILLS:
        document.add_paragraph(line.words, style="List Bullet")
        return
    told = document.add_paragraph(style="List Continue")
    _beside_dates(told)
    told.add_run(f"{line.when}\t")
    told.add_run(line.what).bold = True
    if line.how:
        told.add_run(f", {line.how}")
    if line.more:
        told.add_run().add_break()
        told.add_run(line.more)


def _beside_dates(paragraph: Paragraph) -> None:
    """Dates hang at the left of what they date; a tabulation goes from one to the other."""
    from docx.shared import Mm

    shape = paragraph.paragraph_format
    shape.left_indent, shape.first_line_indent = Mm(_DATES_MM), Mm(-_DATES_MM)
    shape.tab_stops.add_tab_stop(Mm(_DATES_MM))


def _dress(
    document: Document,
    name: str,
    size: int,
    colour: str,
    *,
    rows: int = 1,
    height: int = _ROW,
    before: int = 0,
    after: int = 0,
    is_bold: bool = False,
) -> None:
    """One style of the file: its font, whatever the theme said, and exact heights."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import RGBColor

    style: ParagraphStyle = document.styles[name]
    properties = style.element.get_or_add_rPr()
    for each in (*properties.findall(_w("rFonts")), *properties.findall(_w("spacing"))):
        properties.remove(each)
    font = style.font
    font.name, font.size, font.bold, font.italic = _FONT, _points(size), is_bold, False
    font.color.rgb = RGBColor.from_string(colour)
    shape = style.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = _points(height * rows)
    shape.space_before, shape.space_after = _points(before), _points(after)
    shape.widow_control = False
    for border in style.element.get_or_add_pPr().findall(_w("pBdr")):
        style.element.pPr.remove(border)


def _speak_french(document: Document) -> None:
    """The language of every word, for who reads aloud or corrects."""
    for lang in document.styles.element.iter(_w("lang")):
        lang.set(_w("val"), _LANGUAGE)
    for lang in document.settings.element.iter(_w("themeFontLang")):
        lang.set(_w("val"), _LANGUAGE)


def _rule_under(style: ParagraphStyle, colour: str) -> None:
    _draw_borders(
        style.element.get_or_add_pPr(), _made("bottom", val="single", sz="4", space="1", color=colour)
    )


def _shade(paragraph: Paragraph) -> None:
    """A band of colour, a little wider than its words."""
    properties = paragraph._p.get_or_add_pPr()
    sides = [_made(side, val="single", sz="24", space="4", color=_BRAND) for side in ("left", "right")]
    _draw_borders(properties, *sides)
    properties.insert_element_before(_made("shd", val="clear", color="auto", fill=_BRAND), *_AFTER_SHADING)


def _draw_borders(properties: Any, *borders: Any) -> None:
    holder = _made("pBdr")
    holder.extend(borders)
    properties.insert_element_before(holder, "w:shd", *_AFTER_SHADING)


_AFTER_SHADING = tuple(
    f"w:{name}"
    for name in (
        *(
            "tabs",
            "suppressAutoHyphens",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
        ),
        *("autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
        *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap"),
        *("outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)
"""What stands after the shading of a paragraph, in the order that Word asks for (ISO/IEC 29500-1, 17.3.1.26)."""


def _made(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(_w(attribute), value)
    return made


def _colour(run: Any, colour: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour)


def _points(count: int) -> Any:
    from docx.shared import Pt

    return Pt(count)


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    found: str = qn(f"w:{name}")
    return found
