"""Nothing is forgotten by the exchange: every table leaves or says why, every column is explained, written and read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from backend.exchange import exporting, registry
from backend.exchange.guide import documentation
from backend.exchange.matching.targets import targets
from backend.exchange.report import HEADER, Severity
from tests.backend.exchange.whole import FULL

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = (ROOT / "docs" / "echange.md").read_text(encoding="utf-8")
SECRET_WORDS = {"token", "password", "secret", "digest", "key", "session"}
LEAVING = {
    "accounts.User",
    "audit.Entry",
    "competences.Assessment",
    "competences.Licence",
    "competences.Passport",
    "competences.VaeProject",
    "competences.VaeStep",
    "employers.Employer",
    "employers.EmployerAccess",
    "employers.Establishment",
    "employers.JobProposal",
    "employers.Placement",
    "employers.PostHireFollowUp",
    "employers.ProfileConsent",
    "employers.TaskAnalysis",
    "employers.TaskRequirement",
    "employers.WorkTask",
    "files.StoredFile",
    "organisations.Belonging",
    "organisations.Convention",
    "organisations.Group",
    "organisations.Membership",
    "organisations.Organisation",
    "pathways.Action",
    "pathways.Appointment",
    "pathways.BarrierReading",
    "pathways.Beneficiary",
    "pathways.BeneficiaryAccess",
    "pathways.Contract",
    "pathways.DataRequest",
    "pathways.Derogation",
    "pathways.EligibilityDiagnosis",
    "pathways.EntryProfile",
    "pathways.Exit",
    "pathways.Goal",
    "pathways.IaePass",
    "pathways.HoursAmendment",
    "pathways.Immersion",
    "pathways.Interview",
    "pathways.MonthlyHours",
    "pathways.PassProlongation",
    "pathways.PassSuspension",
    "pathways.PrivateNote",
    "pathways.Relay",
    "pathways.RelayStep",
    "pathways.Retention",
    "pathways.Stay",
    "pathways.RuleSetting",
    "pathways.ToldApart",
    "pathways.HoursWish",
    "pathways.MedicalVisit",
    "pathways.SavedDays",
    "pathways.Training",
    "pathways.WatchEnd",
    "reports.KeptCount",
}
COLUMNS = [(layout.name, column) for layout in registry.layouts() for column in layout.columns]


def test_every_table_leaves_or_says_why_it_stays():
    """A new table leaves by itself; somebody says here that it may, or in `STAYS_HERE`, or in `keep_here`, why it does not."""
    assert {model._meta.label for model in exporting.other_tables()} == LEAVING, (
        "a layout in <domain>/exchange, or `stays_here` with the reason"
    )
    assert set(exporting.stays_here()) == {model._meta.label for model in apps.get_models()} - LEAVING, (
        "a table leaves or stays here with its reason: never both, never neither"
    )
    assert all(exporting.stays_here().values()), "say why the table stays here"


def test_no_secret_leaves():
    """Fields named like a secret stay, or are known not to be one."""
    harmless = {"RuleSetting.key", "Beneficiary.search_key"}
    for model in exporting.other_tables():
        for field in model._meta.concrete_fields:
            if SECRET_WORDS & set(field.name.split("_")) and field.name not in exporting.SECRETS.get(
                model._meta.label, ()
            ):
                assert f"{model.__name__}.{field.name}" in harmless, (
                    "named like a secret: it stays (`exporting.SECRETS`), or `harmless` says that it is none"
                )


@pytest.mark.parametrize(
    ("file", "column"), COLUMNS, ids=[f"{file}-{column.name}" for file, column in COLUMNS]
)
def test_every_column_is_explained_written_and_kept(file, column):
    assert column.note, "`note`: one sentence for who fills the column in"
    assert column.field or column.write, "nothing writes this column"
    assert column.name in FULL[file][0], "no test fills this column"


def test_every_choice_of_a_column_is_told_apart_in_words():
    """Somebody matching their own titles reads sentences, never our names without accents, and no two alike."""
    bare = [target.key for target in targets() if not target.column.label or not target.layout.subject]
    assert bare == [], "give the column its `label`, the file its `subject`"
    names = [target.column.shown for target in targets()]
    assert {name for name in names if names.count(name) > 1} == set(), (
        "two columns of a file have one title: rename one"
    )
    assert [name for name in names if "_" in name or name[:1] != name[:1].upper()] == [], (
        "a title people read: words, and a capital at the beginning"
    )


def test_the_document_says_what_the_files_are():
    described = DOCUMENT.split("<!-- colonnes -->")[1].split("<!-- fin des colonnes -->")[0].strip()
    assert described == documentation().strip(), "copy backend.exchange.guide.documentation() there"


def test_the_document_says_what_the_report_holds():
    assert ";".join(HEADER) in DOCUMENT, "write the header of the report again in docs/"
    assert all(f"`{severity}`" in DOCUMENT for severity in Severity), "say in docs/ what each severity means"


def test_the_engine_knows_no_domain():
    for path in (ROOT / "backend" / "exchange").rglob("*.py"):
        found = re.findall(
            r"^\s*(?:from|import) (pathways|competences|employers|reports)\b", path.read_text(), re.M
        )
        assert found == [], path
