"""« Sorties »: each figure opens on its people, each role sees its own part, and the file is taken by its owner."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from backend.core.actor import Role
from backend.web.requests import FROM, where_from
from reports import services
from reports.exits.compute.exits import Status
from reports.models import ExportJob
from reports.models.export_job import ExportStatus
from reports.screens.exits.page import PARTS, VIEWS
from tests.factories import (
    BelongingFactory,
    ConventionFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.queries import assert_same_queries
from tests.worlds.three_valleys import member, signed_up
from tests.worlds.worked_set import build, leave

pytestmark = pytest.mark.django_db
YEAR = "/sorties/?annee=2025"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.EXPORT_DIR = tmp_path / "exports"
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def here():
    return OrganisationFactory(kind="AI", name="Vallées Services")


@pytest.fixture
def manager(here, sign_in):
    return sign_in(member(Role.MANAGER, here).user)


def text(answer) -> str:
    """What a reader sees of an answer, spaces made plain."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\u00a0", " "))


def test_the_figure_with_its_numerator_its_denominator_and_its_objective(sign_in):
    group = OrganisationFactory().group
    for place in build().values():
        BelongingFactory(organisation=place, group=group)
    head = MembershipFactory(group_head=True, group=group, user=signed_up(UserFactory()))
    shown = text(sign_in(head.user).get(YEAR))
    assert "60 %" in shown
    assert "54 sur 90 sorties examinées" in shown
    assert "objectif 60 % (national)" in shown
    assert re.search(r"120 sorties = 90 .*? examinées \+ 14 .*? retirées \+ 16 .*? sous le seuil", shown)
    assert "Structure ETTI" in shown


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.MANAGER])
def test_the_sum_holds_every_exit_the_list_counts_whatever_its_status(sign_in, here, role):
    """« 23 sorties » above a list of 24 makes both doubtful: each status has its term, and each term its list."""
    seat = member(role, here)
    client = sign_in(seat.user)
    leave(here, motive="3", hours=200)
    leave(here, motive="7", hours=96)
    leave(here, motive="", hours=200)
    leave(OrganisationFactory(kind="GEIQ", group=here.group), motive="3")
    page = client.get(YEAR)
    exits = page.context["exits"]
    assert sum(count for _, count, _ in exits.parts) == page.context["people"].paginator.count > 0
    for key, count, _ in exits.parts:
        assert client.get(f"{YEAR}&vue={key}").context["people"].paginator.count == count
    shown = text(page)
    assert f"{page.context['people'].paginator.count} sorties =" in shown
    assert re.search(r"\+ 1 .*? au motif manquant", shown)


def test_every_status_of_an_exit_has_its_words_in_the_sum_and_its_list():
    assert set(PARTS) == set(Status)
    assert set(Status) <= set(VIEWS)


def test_the_objective_of_the_convention_comes_first(manager, here):
    ConventionFactory(organisation=here, year=2025, dynamic_target="0.55", durable_target="0.20")
    leave(here, motive="3")
    assert "objectif 55 % (convention 2025)" in text(manager.get(YEAR))


def test_each_count_opens_on_its_people_with_how_they_are_counted(manager, here):
    leave(here, motive="3", hours=200)
    leave(here, motive="7", hours=96)
    page = manager.get(YEAR)
    assert "vue=durable#personnes" in page.content.decode()
    durable = text(manager.get(f"{YEAR}&vue=durable"))
    assert "comptée : 200 h en AI → emploi durable" in durable
    assert "96 h" not in durable
    below = text(manager.get(f"{YEAR}&vue=below_threshold"))
    assert "non comptée : 96 h &lt; 150 h en AI" in below


def test_htmx_takes_only_the_people(manager, here):
    leave(here, motive="3")
    fragment = manager.get(f"{YEAR}&vue=durable", headers={"HX-Request": "true", "HX-Target": "personnes"})
    assert "<html" not in fragment.content.decode()
    assert "Emploi durable : 1 sortie" in text(fragment)


def test_missing_motives_warn_with_the_interval_and_open_on_what_to_complete(manager, here):
    for motive in ("3", "7", ""):
        exit_ = leave(here, motive=motive)
    shown = manager.get(YEAR)
    assert "1 motif manquant : le taux peut aller de 33,3 % à 66,7 %" in text(shown)
    assert reverse("web:exit_edit", args=[exit_.stay_id]) in shown.content.decode()
    assert "à compléter pour être comptée" in text(shown)


def test_a_year_without_exit_says_so_and_shows_no_zero(manager):
    shown = text(manager.get("/sorties/?annee=2021"))
    assert "Aucune sortie sur cette période" in shown
    assert "Exporter" not in shown


def test_rules_are_shown_with_their_confidence(manager, here):
    leave(here, motive="13")
    shown = text(manager.get(YEAR))
    assert "81 jours" in shown
    assert "probable" in shown
    assert "Embauche en CDI aidé (par un autre employeur) : probable" in shown


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("du=2025-12-31&au=2025-01-01", "se termine avant de commencer"),
        ("du=2025-01-01", "Donnez les deux dates"),
        ("du=hier&au=2025-01-01", "date"),
        ("annee=1871", "réponses"),
        ("structure=999999", "réponses"),
    ],
)
def test_a_period_that_cannot_be_read_is_refused_under_its_field(manager, query, words):
    answer = manager.get(f"/sorties/?{query}")
    assert answer.status_code == 422
    assert words in text(answer)


def test_an_advisor_sees_their_own_people_only(here, sign_in):
    seat = member(Role.ADVISOR, here)
    mine, theirs = leave(here, motive="3", hours=201), leave(here, motive="7", hours=202)
    mine.stay.advisor, theirs.stay.advisor = seat.user, UserFactory()
    for exit_ in (mine, theirs):
        exit_.stay.save()
    shown = text(sign_in(seat.user).get(YEAR))
    assert "201 h" in shown
    assert "202 h" not in shown
    assert "Les personnes que vous accompagnez" in shown


def test_a_neighbour_structure_is_not_in_the_figures(manager):
    leave(OrganisationFactory(kind="AI"), motive="3", hours=203)
    assert "203 h" not in text(manager.get(YEAR))


@pytest.fixture
def network(sign_in):
    return sign_in(member(Role.NETWORK_HEAD, None).user)


def test_the_network_reads_masked_figures_by_kind_and_nobodys_name(network):
    build()
    assert "ne sont pas encore publiés" in text(network.get(YEAR))
    published = network.post("/sorties/publies/nouveau/", {"year": "2025", "breakdown": "TYPE"})
    answer = network.get(YEAR)
    shown = text(answer)
    assert text(network.get(published["Location"])).count("secret") == shown.count("secret") > 1
    cells = [int(cell) for cell in re.findall(r'<td class="end num">(\d+)</td>', answer.content.decode())]
    assert not [cell for cell in cells if 0 < cell < 11]
    assert "Comment elle est comptée" not in shown
    assert "Exporter" not in shown


def test_the_network_reads_finished_years_only(network):
    """SEC-37."""
    assert network.get("/sorties/?annee=2026").status_code == 422
    assert network.post("/sorties/publies/nouveau/", {"year": "2026", "breakdown": "TYPE"}).status_code == 422


def test_pages_ask_as_many_queries_for_one_exit_as_for_twenty(manager, here):
    def grow(more: int) -> None:
        for _ in range(more):
            leave(here, motive="7")

    assert_same_queries(lambda: manager.get(YEAR), grow, sizes=(1, 20))


def ask(client, **changes):
    wanted = {"start": "2025-01-01", "end": "2025-12-31", "organisation": "", "format": "csv"}
    return client.post("/sorties/exporter/", {**wanted, **changes})


def test_an_export_is_asked_for_followed_and_taken_by_its_owner_only(manager, here, sign_in):
    leave(here, motive="3", hours=200)
    answer = ask(manager)
    job = ExportJob.objects.get()
    follow, file = reverse("web:exits_job", args=[job.pk]), reverse("web:exits_file", args=[job.pk])
    assert answer.headers["Location"] == follow
    waiting = manager.get(follow)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert manager.get(file).status_code == 404
    services.prepare_export(job_id=str(job.pk))
    ready = manager.get(follow, headers={"HX-Request": "true", "HX-Target": "export"})
    assert "L’export est prêt" in text(ready)
    assert "hx-trigger" not in ready.content.decode()
    taken = manager.get(file)
    assert "comptée : 200 h en AI" in b"".join(taken.streaming_content).decode("utf-8-sig")
    assert "attachment" in taken.headers["Content-Disposition"]
    assert "no-store" in taken.headers["Cache-Control"]
    colleague = sign_in(member(Role.MANAGER, here).user)
    assert {colleague.get(follow).status_code, colleague.get(file).status_code} == {404}


def test_a_failed_export_says_why(manager, here):
    leave(here, motive="3")
    ask(manager)
    ExportJob.objects.update(status=ExportStatus.FAILED, message="La préparation s’est interrompue.")
    shown = text(manager.get(reverse("web:exits_job", args=[ExportJob.objects.get().pk])))
    assert "La préparation s’est interrompue." in shown


@pytest.mark.parametrize(
    "changes", [{"format": "exe"}, {"start": "hier"}, {"organisation": "999999"}, {"organisation": "x"}]
)
def test_an_export_that_makes_no_sense_is_refused_in_french(manager, changes):
    answer = ask(manager, **changes)
    assert answer.status_code == 422
    assert "L’export n’a pas été demandé." in text(answer)
    assert not ExportJob.objects.exists()


def test_completing_a_motive_from_the_list_comes_back_to_the_same_list(manager, here):
    """Twenty motives to complete are twenty rows of one list, in the view and the year one was reading."""
    leave(here, motive="", hours=200)
    listed = f"{YEAR}&vue=missing_motive"
    address = re.search(r'href="(/passages/[^"]+)"', manager.get(listed).content.decode())[1].replace(
        "&amp;", "&"
    )
    form = manager.get(address)
    typed = {name: form.context["form"][name].value() or "" for name in form.context["form"].fields}
    done = manager.post(address, {**typed, "motive": "7"})
    assert done.status_code == 302
    assert done.url == listed


@pytest.mark.parametrize(
    "asked", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", "x"]
)
def test_nobody_is_sent_back_elsewhere(rf, asked):
    assert where_from(rf.get("/", {FROM: asked}), otherwise="/ici/") == "/ici/"
