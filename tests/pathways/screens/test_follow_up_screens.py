"""« Noter un suivi »: quick, kept as a draft, recorded once, and never lost."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from backend.audit.models import Entry
from backend.core.values.dates import french_date
from backend.web.models import Draft
from pathways.enums import BarrierImpact, BarrierTheme
from pathways.models import Action, Appointment, BarrierReading, Interview, PrivateNote
from tests.factories import AppointmentFactory, BarrierReadingFactory, InterviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(datetime(2026, 11, 22, 9, 30, tzinfo=UTC), tick=True):
        yield


def _answers(**changes):
    return {
        "form_id": "form-1",
        "happened_at": "2026-11-22T10:15",
        "kind": "SUIVI",
        "mode": "TELEPHONE",
        "duration_minutes": "30",
        "topics": ["EMPLOI", "MOBILITE"],
        "synthesis": "A trouvé un covoiturage.",
        **changes,
    }


def _url(person):
    return reverse("web:follow_up_new", args=[person.pk])


def test_a_topic_and_the_defaults_are_enough_to_record(advisor, place):
    page = advisor.get(_url(place.jo)).content.decode()
    fields = dict(re.findall(r'name="(happened_at|form_id)" value="([^"]+)"', page))
    answer = advisor.post(
        _url(place.jo), {**fields, "kind": "SUIVI", "mode": "PRESENTIEL", "topics": "EMPLOI"}
    )
    assert answer.status_code == 302
    assert place.jo.interviews.get().author == place.advisor


def test_the_text_comes_first_and_the_kind_is_that_of_the_appointment(advisor, place):
    AppointmentFactory(
        beneficiary=place.jo,
        organisation=place.structures["aci"],
        advisor=place.advisor,
        starts_at=datetime(2026, 11, 22, 15, 0, tzinfo=UTC),
        purpose="Diagnostic d’accueil",
    )
    answer = advisor.get(_url(place.jo))
    page = answer.content.decode()
    assert page.index('name="synthesis"') < page.index('name="mode"') < page.index('name="topics"')
    assert answer.context["form"]["kind"].value() == "ACCUEIL"


def test_an_empty_sheet_is_refused_and_silence_stays_silence(advisor, place):
    answers = _answers(topics=[], synthesis="")
    answer = advisor.post(_url(place.jo), answers)
    assert answer.status_code == 422
    assert "ne dit encore rien" in answer.content.decode()
    assert not place.jo.interviews.exists()


def test_one_sheet_writes_the_interview_the_frein_the_note_and_what_comes_next(advisor, place):
    answers = _answers(
        frein_MOBILITE="1",
        private_note="À revoir avec calme.",
        next_action="Appeler la cantine",
        next_action_due_on="2026-12-01",
        next_appointment_at="2026-12-03T09:00",
        next_appointment_purpose="Visite de la cantine",
    )
    assert advisor.post(_url(place.jo), answers).status_code == 302
    interview = place.jo.interviews.get()
    assert interview.topics == ["EMPLOI", "MOBILITE"]
    assert BarrierReading.objects.get(interview=interview).impact == 1
    assert PrivateNote.objects.get(interview=interview).text == "À revoir avec calme."
    assert Action.objects.get(interview=interview).label == "Appeler la cantine"
    assert Appointment.objects.get(beneficiary=place.jo).purpose == "Visite de la cantine"


def test_what_an_appointment_is_for_asks_its_day(advisor, place):
    answer = advisor.post(_url(place.jo), _answers(next_appointment_purpose="Visite de la cantine"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["next_appointment_at"] == [
        "Dites le jour et l’heure de ce rendez-vous."
    ]
    assert answer.context["form"].takes_an_appointment
    assert not place.jo.interviews.exists()


@pytest.mark.parametrize("day", ["1950-01-01", "2001-01-01", "2099-12-31"])
def test_an_action_or_a_meeting_nobody_can_mean_is_said_under_its_field(advisor, place, day):
    for said in (
        {"next_action": "Appeler la cantine", "next_action_due_on": day},
        {"next_appointment_at": f"{day}T10:00"},
    ):
        answer = advisor.post(_url(place.jo), _answers(**said))
        assert answer.status_code == 422
        field = next(name for name, value in said.items() if value.startswith(day))
        assert answer.context["form"].errors[field]
    assert not place.jo.interviews.exists()


def test_a_frein_left_untouched_gets_no_reading(advisor, place):
    advisor.post(_url(place.jo), _answers(frein_MOBILITE="", frein_LOGEMENT="0"))
    assert list(BarrierReading.objects.filter(beneficiary=place.jo).values_list("theme", "impact")) == [
        ("LOGEMENT", 0)
    ]


def test_a_frein_read_before_stands_first_with_its_last_reading(advisor, place):
    for impact, day in ((BarrierImpact.HIGH, date(2026, 9, 1)), (BarrierImpact.LOW, date(2026, 11, 4))):
        BarrierReadingFactory(
            beneficiary=place.jo,
            organisation=place.jo.stays.get().organisation,
            theme=BarrierTheme.HOUSING,
            impact=impact,
            read_on=day,
        )
    first, second = advisor.get(_url(place.jo)).context["form"].barrier_fields[:2]
    assert first.label == BarrierTheme.HOUSING.label
    assert first.help_text == f"Dernière lecture : faible, le {french_date(date(2026, 11, 4))}."
    assert second.help_text == ""


def test_the_same_form_sent_twice_records_once(advisor, place):
    first = advisor.post(_url(place.jo), _answers())
    second = advisor.post(_url(place.jo), _answers())
    assert first.url == second.url
    assert place.jo.interviews.count() == 1


def test_a_form_changed_after_it_was_recorded_is_asked_about_and_not_lost(advisor, place):
    advisor.post(_url(place.jo), _answers())
    again = advisor.post(_url(place.jo), _answers(synthesis="Autre chose encore."))
    assert again.status_code == 422
    assert "déjà été enregistré" in again.content.decode()
    assert "Autre chose encore." in again.content.decode()
    assert place.jo.interviews.count() == 1


def test_a_refused_form_keeps_what_was_typed(advisor, place):
    refused = advisor.post(_url(place.jo), _answers(happened_at="2027-01-01T09:00"))
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "A trouvé un covoiturage." in page
    assert "prenez plutôt un rendez-vous" in page
    assert not place.jo.interviews.exists()


def test_a_refused_form_can_be_corrected_and_sent_under_the_same_id(advisor, place):
    advisor.post(_url(place.jo), _answers(happened_at="2027-01-01T09:00"))
    assert advisor.post(_url(place.jo), _answers()).status_code == 302


def test_recording_answers_the_appointment_of_the_day(advisor, place):
    advisor.post(_url(place.karim), _answers())
    assert Appointment.objects.get(beneficiary=place.karim).status == "TENU"


def test_a_draft_comes_back_after_the_session_dropped(advisor, place, sign_in):
    url = reverse("web:follow_up_draft", args=[place.jo.pk])
    assert advisor.post(url, _answers(private_note="Pour moi.")).status_code == 204
    advisor.logout()
    page = sign_in(place.advisor).get(_url(place.jo)).content.decode()
    assert "A trouvé un covoiturage." in page
    assert "Pour moi." in page
    assert "Votre brouillon" in page


def test_a_draft_is_sealed_on_disk_and_gone_once_recorded(advisor, place):
    advisor.post(reverse("web:follow_up_draft", args=[place.jo.pk]), _answers())
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM web_draft")
        assert "covoiturage" not in cursor.fetchone()[0]
    advisor.post(_url(place.jo), _answers())
    assert not Draft.objects.exists()


def _draft(advisor, place, **changes):
    return advisor.post(reverse("web:follow_up_draft", args=[place.jo.pk]), _answers(**changes))


def test_a_draft_that_arrives_after_its_form_was_recorded_is_not_kept(advisor, place):
    advisor.post(_url(place.jo), _answers())
    assert _draft(advisor, place).status_code == 409
    assert not Draft.objects.exists()
    assert _draft(advisor, place, form_id="form-2").status_code == 204


def test_a_draft_leaves_its_form_free_to_be_recorded(advisor, place):
    assert _draft(advisor, place).status_code == 204
    assert advisor.post(_url(place.jo), _answers()).status_code == 302
    assert place.jo.interviews.count() == 1


def test_a_draft_too_long_is_refused_without_closing_the_form(advisor, place):
    assert _draft(advisor, place, synthesis="a" * 50_000).status_code == 413
    assert advisor.post(_url(place.jo), _answers()).status_code == 302


def test_the_same_answers_from_a_page_opened_again_are_asked_about_once(advisor, place):
    advisor.post(_url(place.jo), _answers())
    asked = advisor.post(_url(place.jo), _answers(form_id="form-2"))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "déjà enregistré exactement ces réponses" in page
    assert place.jo.interviews.count() == 1
    again = re.search(r'name="form_id" value="([^"]+)"', page)[1]
    assert advisor.post(_url(place.jo), _answers(form_id=again)).status_code == 302
    assert place.jo.interviews.count() == 2


def test_a_form_sent_twice_says_once_that_it_is_recorded(advisor, place):
    advisor.post(_url(place.jo), _answers())
    advisor.post(_url(place.jo), _answers())
    page = advisor.get(reverse("web:person", args=[place.jo.pk])).content.decode()
    assert page.count("Le suivi est enregistré.") == 1


def test_a_colleague_never_sees_my_draft(advisor, place, sign_in):
    from backend.core.actor import Role
    from tests.worlds.three_valleys import member

    advisor.post(reverse("web:follow_up_draft", args=[place.jo.pk]), _answers())
    manager = member(Role.MANAGER, place.structures["aci"])
    assert "covoiturage" not in sign_in(manager.user).get(_url(place.jo)).content.decode()


def test_a_manager_is_not_offered_a_private_note(place, sign_in):
    from backend.core.actor import Role
    from tests.worlds.three_valleys import member

    manager = sign_in(member(Role.MANAGER, place.structures["aci"]).user)
    assert "private_note" not in manager.get(_url(place.jo)).content.decode()


def test_the_sheet_is_the_same_form_without_the_frame(advisor, place):
    sheet = advisor.get(_url(place.jo), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in sheet
    assert 'hx-post="' in sheet
    done = advisor.post(_url(place.jo), _answers(), headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == reverse("web:person", args=[place.jo.pk])


@pytest.fixture
def mine(place):
    """An interview of the advisor's own."""
    return InterviewFactory(beneficiary=place.jo, organisation=place.structures["aci"], author=place.advisor)


def _corrected(**changes):
    """What the browser sends when an interview is corrected."""
    said = {"happened_at": "2026-11-20T10:00", "kind": "SUIVI", "mode": "TELEPHONE", "topics": ["EMPLOI"]}
    return {**said, "version": 1, **changes}


def test_two_tabs_on_one_interview_keep_both_texts(advisor, mine):
    url = reverse("web:interview_edit", args=[mine.pk])
    advisor.post(url, _corrected(synthesis="Première version."))
    conflict = advisor.post(url, _corrected(synthesis="Seconde version."))
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Première version." in page
    assert "Seconde version." in page
    mine.refresh_from_db()
    assert mine.synthesis == "Première version."


def test_after_a_conflict_the_joined_text_can_be_saved(advisor, mine):
    """SEC-52."""
    url = reverse("web:interview_edit", args=[mine.pk])
    advisor.post(url, _corrected(synthesis="Première."))
    page = advisor.post(url, _corrected(synthesis="Seconde.")).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    answer = advisor.post(url, _corrected(version=version, synthesis="Première. Seconde."))
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.synthesis == "Première. Seconde."


def test_correcting_shows_everything_recorded_and_sending_it_as_shown_changes_nothing(advisor, place, mine):
    BarrierReadingFactory(beneficiary=place.jo, interview=mine, theme="SANTE", impact=2)
    Interview.objects.filter(pk=mine.pk).update(
        duration_minutes=20, topics=["EMPLOI"], happened_at=datetime(2026, 11, 20, 9, 0, 7, tzinfo=UTC)
    )
    url = reverse("web:interview_edit", args=[mine.pk])
    form = advisor.get(url).context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
    assert (shown["duration_minutes"], shown["frein_SANTE"]) == (20, "2")

    sent = {**shown, "happened_at": "2026-11-20T10:00"}
    assert advisor.post(url, sent).status_code == 302
    again = Interview.objects.get(pk=mine.pk)
    assert (again.happened_at.second, again.duration_minutes, again.topics) == (7, 20, ["EMPLOI"])
    assert list(again.barrier_readings.values_list("theme", "impact")) == [("SANTE", 2)]
    assert Entry.objects.get(action="interview.edited").detail["was"] == {}


def test_a_year_of_1921_comes_back_with_a_sentence(advisor, place, mine):
    for url, sent in (
        (_url(place.jo), _answers(happened_at="1921-01-01T10:00")),
        (reverse("web:interview_edit", args=[mine.pk]), _corrected(happened_at="1921-01-01T10:00")),
    ):
        answer = advisor.post(url, sent)
        assert answer.status_code == 422
        assert "Vérifiez l’année" in answer.content.decode()


def test_taking_an_interview_back_says_first_what_goes_with_it(advisor, place, mine):
    BarrierReadingFactory(beneficiary=place.jo, interview=mine, theme="SANTE", impact=2)
    person = reverse("web:person", args=[place.jo.pk])
    url = reverse("web:interview_cancel", args=[mine.pk])
    assert url in advisor.get(reverse("web:interview_edit", args=[mine.pk])).content.decode()
    assert "les freins lus ce jour-là partent aussi : Santé" in advisor.get(url).content.decode()

    refused = advisor.post(url, {"version": 1})
    assert refused.status_code == 422
    answer = advisor.post(url, {"version": 1, "reason": "DOUBLE"})
    assert (answer.status_code, answer.url) == (302, person)
    assert not place.jo.interviews.exists()
    assert reverse("web:interview_edit", args=[mine.pk]) not in advisor.get(person).content.decode()
    assert advisor.get(url).status_code == 404


def test_a_colleagues_interview_is_not_mine_to_correct(advisor, place):
    interview = InterviewFactory(beneficiary=place.jo, organisation=place.structures["aci"])
    assert advisor.get(reverse("web:interview_edit", args=[interview.pk])).status_code == 404
    assert Interview.objects.filter(pk=interview.pk).exists()
