"""The two files: one page each, in both looks, whatever there is to say; read back as who receives them does."""

from __future__ import annotations

import io
import math
from itertools import pairwise

import pikepdf
import pytest
from docx import Document
from docx.shared import Mm, Pt

from competences.enums import CvLook, CvPart
from competences.models import Cv
from competences.rules.cvs import ROWS, Head, Line, fit
from competences.selectors.cvs.page import CvPage, cv_page
from competences.services import keep_cv
from competences.services.cvs.pdf import cv_pdf
from competences.services.cvs.word import cv_docx
from tests.competences.cv.conftest import TODAY
from tests.factories import BeneficiaryFactory

pytestmark = pytest.mark.django_db
WORDS = "Je veille la nuit, je répare le jour. "


def full(look, *, wide=False):
    """A page with all that it may hold: the longest words people type, more lines than there is room."""
    person = BeneficiaryFactory(
        first_name="Marie-Antoinette", last_name="de La Tour-Inventée des Rives Imaginées"
    )
    letters = "W" * 40 if wide else "Entretenir les grands escaliers du phare "
    said = {"how": "valable jusqu’au 30 septembre 2027", "when": "sept. 2025 – févr. 2026"}
    lines = [
        *(Line(f"s{n}", CvPart.SKILLS, f"{letters}{n}", how="peut transmettre", group=f"Groupe {n // 8}") for n in range(30)),
        *(Line(f"e{n}", CvPart.WORK, f"{letters}{n}", more=letters * 3, **said) for n in range(12)),
        *(Line(f"l{n}", CvPart.TRAINING, f"{letters}{n}", **said) for n in range(12)),
    ]  # fmt: skip
    head = Head(
        str(person), (letters * 2)[:80], ("06 39 98 12 34", f"{'marie' * 8}@example.org", "Val-Inventé-sur-Rives"),
        ("W" * 300 if wide else WORDS * 8)[:300], (letters * 3)[:120],
    )  # fmt: skip
    return CvPage(
        person,
        Cv(beneficiary=person, look=look),
        head,
        fit(lines, first=CvPart.SKILLS, head=head),
        tuple(lines),
    )


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("look", CvLook)
def test_the_pdf_is_one_page(look, wide):
    made = full(look, wide=wide)
    assert made.page.left_out
    assert len(pikepdf.open(io.BytesIO(cv_pdf(made))).pages) == 1


def height_of(document):
    """Points that the paragraphs take, their heights being exact: letters of an average width, twice for capitals."""
    taken = 0
    for paragraph in document.paragraphs:
        shape, style = paragraph.paragraph_format, paragraph.style
        indent = (shape.left_indent or 0) / Mm(1)
        size = (style.font.size or document.styles["Normal"].font.size).pt
        width = (180 - indent) / 25.4 * 72
        rows = sum(
            max(1, math.ceil(size * sum(0.95 if letter.isupper() else 0.5 for letter in part) / width))
            for part in paragraph.text.split("\t")[-1].split("\n")
        )
        line = style.paragraph_format.line_spacing or document.styles["Normal"].paragraph_format.line_spacing
        spaces = [shape.space_before, shape.space_after]
        spaces = [
            own if own is not None else of
            for own, of in zip(
                spaces, [style.paragraph_format.space_before, style.paragraph_format.space_after], strict=True
            )
        ]
        taken += rows * line.pt + sum(each.pt for each in spaces if each)
    return taken


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("look", CvLook)
def test_the_text_file_is_one_page(look, wide):
    document = Document(io.BytesIO(cv_docx(full(look, wide=wide))))
    sheet = document.sections[0]
    room = (sheet.page_height - sheet.top_margin - sheet.bottom_margin) / Pt(1)
    assert height_of(document) <= ROWS * 14 < room


@pytest.mark.parametrize("look", CvLook)
def test_the_pdf_is_tagged_in_french_with_its_headings_and_lists(manager, person, held, titles, look):
    keep_cv(actor=manager, beneficiary=person, version=0, shown=[f"s{held.pk}", *_titles(person)], look=look)
    paper = pikepdf.open(io.BytesIO(cv_pdf(cv_page(manager, person, today=TODAY))))
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "fr"
    with paper.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "CV Nadia Inventée"
    tags = [
        str(each.S)
        for each in paper.objects
        if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each
    ]
    assert (tags.count("/H1"), tags.count("/H2"), tags.count("/L")) == (1, 2, 2)


@pytest.mark.parametrize("look", CvLook)
def test_the_text_file_has_headings_lists_a_title_and_speaks_french(manager, person, held, titles, look):
    keep_cv(
        actor=manager, beneficiary=person, version=0, shown=[f"s{held.pk}", *_titles(person)], look=look,
        title="Vitrière", presentation="Je veille.", shows_phone=True, languages="français",
    )  # fmt: skip
    document = Document(io.BytesIO(cv_docx(cv_page(manager, person, today=TODAY))))
    told = [
        (paragraph.style.name, paragraph.text.replace("\u00a0", " ")) for paragraph in document.paragraphs
    ]
    assert told == [
        ("Title", "Nadia Inventée"),
        ("Subtitle", "Vitrière"),
        ("Normal", "06 39 98 12 34"),
        ("Normal", "Je veille."),
        ("Heading 1", "Ce que je sais faire"),
        ("Heading 2", "Certifié par un diplôme ou un titre"),
        ("List Bullet", "Laver les vitres, s’initie"),
        ("Heading 1", "Formations, habilitations et permis"),
        ("List Continue", "juil. 2010\tPermis B"),
        ("Heading 1", "Langues"),
        ("Normal", "français"),
    ]
    about = document.core_properties
    assert (about.title, about.author, about.language, about.comments) == (
        "CV – Nadia Inventée", "Nadia Inventée", "fr-FR", "",
    )  # fmt: skip
    languages = {
        each.get(each.nsmap["w"].join("{}") + "val") for each in document.styles.element.iter("{*}lang")
    }
    assert languages == {"fr-FR"}


def test_properties_stand_in_the_order_that_word_reads():
    """A word processor refuses a file whose borders come after its shading."""
    document = Document(io.BytesIO(cv_docx(full(CvLook.BAND))))
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "widowControl",
        "numPr",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
    ]
    shaded = 0
    for paragraph in document.paragraphs:
        names = [each.tag.rpartition("}")[2] for each in paragraph._p.get_or_add_pPr()]
        ranks = [order.index(name) for name in names]
        assert all(first < second for first, second in pairwise(ranks)), names
        shaded += "shd" in names
    assert shaded == 3


def _titles(person):
    return [f"l{person.licences.get(kind='PERMIS_B').pk}"]
