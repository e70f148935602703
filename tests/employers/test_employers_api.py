"""The employers' side through the API: from the work observed to six months after the hire."""

from __future__ import annotations

import json

import pytest

from backend.core.actor import Role
from employers.models import PostHireFollowUp
from employers.rules.fit import fit_of
from employers.selectors import referential
from tests.factories import TODAY, CompetenceFactory, StayFactory
from tests.worlds.two_houses import API, House


@pytest.fixture(autouse=True)
def _today(today):
    referential._built.cache_clear()
    referential._built.cache_clear()


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def advisor(house):
    return house.clients[Role.ADVISOR]


def post(client, path, body, status=201, **headers):
    answer = client.post(f"{API}{path}", json.dumps(body), "application/json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_the_work_is_looked_at_then_given_back(house, advisor):
    employer = post(advisor, "employers/", {"organisation": house.structure.pk, "name": "Conserverie du Pré"})
    site = post(advisor, "establishments/", {"employer": employer["id"], "name": "Atelier"})
    analysis = post(advisor, "task-analyses/", {
        "establishment": site["id"], "title": "Une matinée", "observed_on": "2026-11-18",
    })  # fmt: skip
    empty = post(advisor, f"task-analyses/{analysis['id']}/return/", {}, 400)
    assert empty["code"] == "no_task"
    competence = CompetenceFactory()
    task = post(advisor, "work-tasks/", {
        "analysis": analysis["id"], "name": "Étiqueter les bocaux", "family": "production", "weekly_hours": "4.5",
        "dayparts": ["M"], "requirements": [{"competence": competence.code, "level": 1}],
    })  # fmt: skip
    assert task["season_hours"] == [4.5] * 4
    assert task["requirements"][0]["competence_label"] == competence.label
    given = post(advisor, f"task-analyses/{analysis['id']}/return/", {}, 200)
    assert given["status"] == "RESTITUEE"
    job = post(advisor, "job-proposals/", {
        "organisation": house.structure.pk, "title": "Aide à l’atelier", "tasks": [task["id"]],
    })  # fmt: skip
    assert job["employers"] == [employer["id"]]


def test_changing_the_requirements_of_a_task_replaces_them(house, advisor):
    address, competence = f"{API}work-tasks/{house['work-tasks'].pk}/", CompetenceFactory()
    body = {"requirements": [{"competence": competence.code, "level": 3}]}
    changed = advisor.patch(address, json.dumps(body), "application/json", headers={"If-Match": "*"}).json()
    assert [each["competence"] for each in changed["requirements"]] == [competence.code]


def test_people_are_ranked_with_reasons_for_who_accompanies_them(house, advisor):
    address = f"job-proposals/{house['job-proposals'].pk}/ranking/"
    ranked = advisor.get(f"{API}{address}?top=5").json()
    assert [each["beneficiary"] for each in ranked] == [house.person.pk]
    assert ranked[0]["sentences"]
    assert ranked[0]["fit"] == fit_of(held=ranked[0]["held"], asked=ranked[0]["asked"])
    assert advisor.get(f"{API}{address}?top=1000").status_code == 400
    assert house.clients[Role.GROUP_HEAD].get(f"{API}{address}").status_code == 403
    assert house.clients[Role.SUPERVISOR].get(f"{API}{address}").status_code == 404
    employer = house.clients[Role.EMPLOYER]
    (job,) = employer.get(f"{API}job-proposals/").json()["results"]
    assert employer.get(f"{API}job-proposals/{job['id']}/ranking/").status_code == 403
    assert employer.get(f"{API}{address}").status_code == 404


def test_nothing_is_shown_to_an_employer_without_a_standing_agreement(house, advisor):
    """SEC-34."""
    employer, person = house.clients[Role.EMPLOYER], house.clients[Role.BENEFICIARY]
    shown = employer.get(f"{API}profiles/").json()["results"]
    assert set(shown[0]) == {"id", "pseudonym", "job", "tasks", "competences", "answer", "valid_until"}
    assert house.person.last_name not in str(shown)
    answered = post(employer, f"profile-consents/{shown[0]['id']}/respond/", {"answer": "RENCONTRER"}, 200)
    assert (answered["employer_answer"], "beneficiary" in answered) == ("RENCONTRER", False)
    post(person, f"profile-consents/{house['profile-consents'].pk}/withdraw/", {}, 200)
    assert employer.get(f"{API}profiles/").json()["results"] == []
    assert employer.get(f"{API}profiles/{shown[0]['id']}/").status_code == 404
    late = employer.post(
        f"{API}profile-consents/{shown[0]['id']}/respond/", '{"answer": "DECLINER"}', "application/json"
    )
    assert late.status_code == 404


def test_a_person_is_asked_and_answers(house, advisor):
    someone = StayFactory(organisation=house.structure, advisor_id=house.advisor.user_id).beneficiary
    address = f"job-proposals/{house['job-proposals'].pk}/ask/"
    asked = post(advisor, address, {"beneficiary": someone.pk}, 200)
    assert [each["decision"] for each in asked] == ["DEMANDE"]
    assert post(advisor, address, {"beneficiary": someone.pk}, 200)[0]["id"] == asked[0]["id"]
    granted = post(advisor, f"profile-consents/{asked[0]['id']}/answer/", {"granted": True}, 200)
    assert granted["decision"] == "ACCORDE"
    assert post(advisor, f"profile-consents/{asked[0]['id']}/answer/", {"granted": False}, 409)


def test_an_employer_cannot_filter_its_way_to_a_person(house):
    """SEC-09, SEC-33."""
    client = house.clients[Role.EMPLOYER]
    for table in ("profile-consents", "placements"):
        assert client.get(f"{API}{table}/?beneficiary={house.person.pk}").json()["results"] == []


def test_one_hire_closes_the_stay_and_opens_the_follow_up(house, advisor):
    made = post(advisor, "placements/", {
        "stay": house.stay.pk, "employer": house["employers"].pk, "kind": "CDD", "months": 7,
        "started_on": "2026-11-16", "left_on": "2026-11-15",
    })  # fmt: skip
    left = advisor.get(f"{API}exits/{made['exit']}/").json()
    assert (left["category"], left["employer_name"]) == ("durable", house["employers"].name)
    planned = advisor.get(f"{API}follow-ups/?placement={made['id']}").json()["results"]
    assert planned
    done = post(
        advisor,
        f"follow-ups/{planned[0]['id']}/record/",
        {"situation": "INJOIGNABLE", "on": "2026-11-20"},
        200,
    )
    assert done["situation"] == "INJOIGNABLE"
    assert PostHireFollowUp.objects.get(pk=done["id"]).done_on == TODAY.replace(day=20)


def test_a_fixed_term_hire_without_length_is_refused(house, advisor):
    body = {
        "stay": house.stay.pk,
        "employer": house["employers"].pk,
        "kind": "CDD",
        "started_on": "2026-11-16",
    }
    assert post(advisor, "placements/", body, 400)["field"] == "months"
