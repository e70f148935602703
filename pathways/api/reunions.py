"""Two files made one and two again, for tools: what is read, what is written, the verbs."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from backend.core.api.endpoints import creates, verb
from backend.core.api.serializers import Input, Output, ScopedField
from backend.core.api.views import DomainViewSet, Lists, Shows
from backend.core.joining.tables import Side
from pathways import services
from pathways.api.shared import OfKeptPersonFilter
from pathways.models import Beneficiary, Reunion, ToldApart
from pathways.permissions import may_join_files


class ReunionSerializer(Output):
    """Deux fiches réunies : la fiche gardée, le numéro de celle qui l’a rejointe, jusqu’à quand elles se séparent."""

    last_day = serializers.DateField(help_text="Dernier jour où elles peuvent être séparées.")

    class Meta:
        model = Reunion
        fields: ClassVar = [
            "id", "kept", "gone_id", "organisation", "made_by", "made_at", "last_day", "separated_at", "separated_by",
        ]  # fmt: skip
        left_out: ClassVar = {"memory": "what separates the two files again, for the service alone"}


class JoinFilesSerializer(Input):
    """Les deux fiches, l’empreinte de la comparaison lue, et une réponse par différence."""

    kept = ScopedField(Beneficiary, help_text="La fiche gardée.")
    gone = ScopedField(Beneficiary, help_text="La fiche qui la rejoint ; son numéro disparaît.")
    seen = serializers.CharField(
        max_length=32, help_text="« seen » de la comparaison : rien n’est réuni si une fiche a changé depuis."
    )
    choices = serializers.DictField(
        child=serializers.ChoiceField([side.value for side in Side]),
        required=False,
        help_text="Par clé de différence : « kept » garde ce que dit la fiche gardée, « gone » prend ce que dit l’autre.",
    )


class SeparatedSerializer(serializers.Serializer[Any]):
    """Ce que la séparation n’a pas pu simplement remettre."""

    left_as_changed = serializers.IntegerField(help_text="Valeurs corrigées depuis, laissées telles quelles.")
    went_along = serializers.IntegerField(
        help_text="Éléments ajoutés depuis, partis avec ce dont ils dépendent."
    )
    let_go = serializers.IntegerField(help_text="Liens d’une fiche à l’autre, défaits.")
    lost = serializers.IntegerField(help_text="Éléments dont ce dont ils dépendaient a été annulé depuis.")


class ReunionViewSet(Lists, Shows, DomainViewSet):
    """Fiches réunies. Comparez d’abord les deux (`/people/{id}/compare/`), puis réunissez-les."""

    model = Reunion
    serializer_class = ReunionSerializer
    filterset_class = OfKeptPersonFilter

    @creates(JoinFilesSerializer, may=may_join_files)
    def create(self, data: dict[str, Any]) -> Reunion:
        """Réunir deux fiches d’une même personne : tout ce qui est noté sur l’une rejoint l’autre."""
        choices = {key: Side(side) for key, side in data.pop("choices", {}).items()}
        return services.join_files(actor=self.actor, choices=choices, **data)

    @verb(may=may_join_files, gives=SeparatedSerializer)
    def separate(self, reunion: Reunion, data: dict[str, Any]) -> Any:
        """Séparer de nouveau, tant que c’est possible : chaque fiche retrouve ce qu’elle disait."""
        return services.separate_files(actor=self.actor, reunion=reunion)


class ToldApartSerializer(Output):
    """Deux fiches de deux personnes : elles ne sont plus proposées ensemble."""

    class Meta:
        model = ToldApart
        fields: ClassVar = ["id", "first", "second", "told_by", "told_at"]


class TellApartSerializer(Input):
    """Les deux fiches."""

    first = ScopedField(Beneficiary)
    second = ScopedField(Beneficiary)


class ToldApartViewSet(Lists, Shows, DomainViewSet):
    """Homonymes distingués : « ce sont deux personnes », dit une fois pour toutes."""

    model = ToldApart
    serializer_class = ToldApartSerializer

    @creates(TellApartSerializer, may=may_join_files)
    def create(self, data: dict[str, Any]) -> ToldApart:
        """Dire que ce sont deux personnes ; redit, cela ne change rien."""
        return services.tell_apart(actor=self.actor, **data)

    @verb(may=may_join_files, status=204)
    def withdraw(self, pair: ToldApart, data: dict[str, Any]) -> None:
        """Revenir sur cette réponse."""
        services.no_longer_apart(actor=self.actor, pair=pair)
