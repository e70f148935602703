"""People: found in a list, welcomed, corrected; their thread on one line."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django_filters import OrderingFilter
from django_filters import rest_framework as django_filters
from rest_framework import serializers

from backend.audit import trail
from backend.core.actor import CONTACT_READERS, Role
from backend.core.api.endpoints import creates, reads, updates
from backend.core.api.filters import Filters, IdFilter, TextFilter, YesNoFilter
from backend.core.api.serializers import DayField, ModelInput, Output, ScopedField, actor_in, phone_field
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.core.values.numbers import whole_number
from backend.organisations.enums import StructureKind
from backend.organisations.models import Organisation
from pathways import services
from pathways.api.continuity import ContinuitySerializer
from pathways.api.rights.travelling import ASKED, RightAtBorderSerializer, asked_border
from pathways.api.shared import advisor_field
from pathways.api.thread import ThreadSerializer
from pathways.models import Beneficiary, Stay
from pathways.permissions import (
    CONTACT,
    accompanies,
    may_join,
    may_manage_people,
    reads_contact,
    reads_rights_that_travel,
)
from pathways.rules.timeline import Thread
from pathways.rules.travelling.border import Right
from pathways.selectors import find_people, thread_of
from pathways.selectors.continuity import Continuity, continuity_of
from pathways.selectors.following.travelling import border_ahead, crossing
from pathways.selectors.twins.look_alikes import LookAlike, look_alikes_of
from pathways.selectors.twins.reunions import Preview, preview_of


class PersonFilter(Filters):
    """People by name, structure, referent, presence."""

    q = TextFilter(method="filter_words", label="Mots du nom, sans accents ni ordre.")
    organisation = IdFilter(
        method="filter_stays", field_name="organisation_id", label="Passée par la structure."
    )
    kind = django_filters.ChoiceFilter(
        choices=StructureKind.choices, method="filter_stays", field_name="organisation__kind",
        label="Passée par une structure de ce type.",
    )  # fmt: skip
    advisor = IdFilter(method="filter_stays", field_name="advisor_id", label="Suivie par ce référent.")
    is_present = YesNoFilter(method="filter_present", label="Présente aujourd’hui dans une structure.")
    ordering = OrderingFilter(fields={"search_name": "name", "id": "id"})

    def filter_words(self, rows: Any, name: str, value: str) -> Any:
        """Every word typed is in the name; one slip is forgiven when nobody is found."""
        return find_people(rows, value)

    def filter_stays(self, rows: Any, name: str, value: Any) -> Any:
        """People with such a stay, among those the actor may see."""
        return rows.filter(pk__in=self._stays().filter(**{name: value}).values("beneficiary_id"))

    def filter_present(self, rows: Any, name: str, value: bool) -> Any:
        """People with a stay under way today, or without any."""
        present = self._stays().open_on(timezone.localdate()).values("beneficiary_id")
        return rows.filter(pk__in=present) if value else rows.exclude(pk__in=present)

    def _stays(self) -> Any:
        return Stay.objects.visible_to(self.actor).order_by()


PERSON = ["last_name", "first_name", "sex", "birth_date", "phone", "email", "postcode", "insee_code"]


class WelcomePersonSerializer(ModelInput):
    """Une personne et son premier passage."""

    organisation = ScopedField(Organisation, within="covered_by")
    started_on = DayField()
    advisor = advisor_field()
    phone = phone_field()
    is_someone_else = serializers.BooleanField(
        required=False,
        help_text="Après un refus « look_alike » : les fiches proposées ont été regardées, ce n’est pas elle.",
    )

    class Meta:
        model = Beneficiary
        fields: ClassVar = ["organisation", "started_on", "advisor", "is_someone_else", *PERSON]


class UpdatePersonSerializer(ModelInput):
    """La fiche d’une personne."""

    phone = phone_field()

    class Meta:
        model = Beneficiary
        fields: ClassVar = PERSON


class PersonLineSerializer(Output):
    """Une personne dans une liste : de quoi la reconnaître."""

    class Meta:
        model = Beneficiary
        fields: ClassVar = ["id", "last_name", "first_name"]
        left_out: ClassVar = {
            "search_name": "made of the name, for the search",
            "search_key": "the same, sealed",
        }


class PersonSerializer(Output):
    """La fiche d’une personne."""

    class Meta:
        model = Beneficiary
        fields: ClassVar = ["id", "last_name", "first_name", *CONTACT, "version", "created_at"]
        withheld: ClassVar = dict.fromkeys(frozenset(Role) - CONTACT_READERS, CONTACT)

    def to_representation(self, person: Beneficiary) -> dict[str, Any]:
        """Without contact once the person is not accompanied any more."""
        shown: dict[str, Any] = super().to_representation(person)
        actor = actor_in(self.context)
        if actor is None or not reads_contact(actor, person):
            return {name: value for name, value in shown.items() if name not in CONTACT}
        return shown


class LookAlikeSerializer(serializers.Serializer[Any]):
    """Une fiche qui ressemble à celle-ci, et pourquoi."""

    id = serializers.IntegerField(source="person.pk")
    last_name = serializers.CharField(source="person.last_name")
    first_name = serializers.CharField(source="person.first_name")
    likeness = serializers.SerializerMethodField(
        help_text="POSSIBLE, LIKELY ou CERTAIN : à regarder, probable, presque sûr."
    )
    reasons = serializers.ListField(child=serializers.CharField(), source="resemblance.reasons")

    def get_likeness(self, each: LookAlike) -> str:
        """The level, by its code."""
        return each.resemblance.likeness.name


class SaidSerializer(serializers.Serializer[Any]):
    """Ce que les deux fiches disent différemment."""

    name = serializers.CharField()
    kept = serializers.CharField()
    gone = serializers.CharField()


class ConflictSerializer(serializers.Serializer[Any]):
    """Une différence à trancher."""

    key = serializers.CharField(help_text="À rendre dans « choices ».")
    about = serializers.CharField(help_text="Ce dont il s’agit ; vide pour la fiche elle-même.")
    said = SaidSerializer(many=True)


class FollowingSerializer(serializers.Serializer[Any]):
    """Ce qui rejoint la fiche gardée."""

    words = serializers.CharField()
    made_one = serializers.IntegerField(help_text="Dont déjà sur la fiche gardée : une seule fois ensuite.")


class ComparisonSerializer(serializers.Serializer[Any]):
    """Ce que ferait la réunion de deux fiches."""

    seen = serializers.CharField(
        help_text="À rendre pour réunir : rien ne se fait si une fiche a changé depuis."
    )
    following = FollowingSerializer(many=True)
    conflicts = ConflictSerializer(many=True)
    remarks = serializers.ListField(child=serializers.CharField())


class PersonViewSet(Lists, Shows, DomainViewSet):
    """Personnes accompagnées. Ouvrir une fiche laisse une trace : la personne peut savoir qui l’a lue."""

    model = Beneficiary
    serializer_class = PersonSerializer
    filterset_class = PersonFilter

    def get_serializer_class(self) -> Any:
        """A list recognises people, a file describes them."""
        return PersonLineSerializer if self.action == "list" else PersonSerializer

    def was_read(self, row: Beneficiary) -> None:
        """The trail remembers who looked."""
        trail.record(self.actor, "beneficiary.read", row)

    @creates(WelcomePersonSerializer, may=may_manage_people)
    def create(self, data: dict[str, Any]) -> Beneficiary:
        """Accueillir une personne : sa fiche et son premier passage, d’un seul geste."""
        return services.welcome_person(actor=self.actor, **data).beneficiary

    @updates(UpdatePersonSerializer, may=may_manage_people)
    def partial_update(self, person: Beneficiary, data: dict[str, Any]) -> Beneficiary:
        """Corriger une fiche."""
        return services.update_person(actor=self.actor, beneficiary=person, version=person.version, **data)

    @reads(ThreadSerializer)
    def thread(self, person: Beneficiary) -> Thread:
        """Le fil de la personne sur une ligne : étapes de toutes les structures, jours perdus entre elles."""
        trail.record(self.actor, "beneficiary.read", person)
        return thread_of(self.actor, person, today=timezone.localdate())

    @reads(ContinuitySerializer)
    def continuity(self, person: Beneficiary) -> Continuity:
        """Heures souhaitées et obtenues, mois par mois et toutes structures réunies, et ce que chaque attente a coûté."""
        trail.record(self.actor, "beneficiary.read", person)
        today = timezone.localdate()
        line = thread_of(self.actor, person, today=today)
        return continuity_of(self.actor, person, line, today=today)

    @reads(RightAtBorderSerializer, is_list=True, parameters=ASKED)
    def rights(self, person: Beneficiary) -> list[Right]:
        """Ce que la personne garde, perd et demande au prochain départ ; `to`, `tie`, `on` et `job` en disent un autre."""
        if not reads_rights_that_travel(self.actor) or not accompanies(self.actor, person):
            return []
        trail.record(self.actor, "beneficiary.read", person)
        today = timezone.localdate()
        border = asked_border(self.request.query_params, border_ahead(self.actor, person, today))
        return list(crossing(self.actor, person, border, today).rights)

    @reads(LookAlikeSerializer, is_list=True)
    def look_alikes(self, person: Beneficiary) -> list[LookAlike]:
        """Autres fiches, parmi les personnes que vous accompagnez, qui sont peut-être les siennes ; la plus probable d’abord."""
        return look_alikes_of(self.actor, person) if may_join(self.actor, person, person) else []

    @reads(ComparisonSerializer, parameters=("with",))
    def compare(self, person: Beneficiary) -> Preview:
        """Ce que ferait la réunion de la fiche `with` à celle-ci : ce qui suit, ce qui diffère. Rien n’est écrit."""
        number = whole_number(self.request.query_params.get("with", "")) or 0
        other = Beneficiary.objects.accompanied_by(self.actor).filter(pk=number).exclude(pk=person.pk).first()
        if other is None or not may_join(self.actor, person, other):
            raise Http404
        trail.record_each(self.actor, "beneficiary.read", [person, other])
        return preview_of(self.actor, person, other)
