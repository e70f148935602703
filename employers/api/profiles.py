"""People who agreed to be shown to an employer: what they can do, no name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.core.api.versions import etag_of
from backend.core.api.views import ApiViewSet
from backend.core.values.numbers import whole_number
from employers.models import ProfileConsent
from employers.permissions import reads_own_needs
from employers.selectors.profiles import ShownProfile, profiles_shown_to


class ShownTaskSerializer(serializers.Serializer[Any]):
    """Une tâche du poste de l’employeur, et où en est la personne devant elle."""

    name = serializers.CharField()
    held = serializers.IntegerField()
    asked = serializers.IntegerField()
    state = serializers.CharField()


class ShownCompetenceSerializer(serializers.Serializer[Any]):
    """Une compétence, son niveau et sa preuve."""

    label = serializers.CharField()  # type: ignore[assignment]
    level = serializers.CharField()
    proof = serializers.CharField()


class ProfileSerializer(serializers.Serializer[Any]):
    """Quelqu’un qui accepte d’être présenté : un pseudonyme, ce qu’il sait faire, rien d’autre."""

    id = serializers.IntegerField(source="reference")
    pseudonym = serializers.CharField()
    job = serializers.CharField()
    tasks = ShownTaskSerializer(many=True)
    competences = ShownCompetenceSerializer(many=True)
    answer = serializers.CharField()
    valid_until = serializers.CharField(help_text="Le mois, « 2027-02 » : le jour exact n’est pas dit.")


class ProfileViewSet(ApiViewSet):
    """Profils montrés à un employeur, avec l’accord de chaque personne ; vide pour les autres rôles."""

    queryset = ProfileConsent.objects.none()  # the document's word for what an id is
    serializer_class = ProfileSerializer

    def list(self, request: Request) -> Response:
        """Les profils que les personnes ont accepté de vous montrer."""
        return self.paged(self._shown())

    def retrieve(self, request: Request, pk: str) -> Response:
        """Un profil."""
        number = whole_number(pk)
        found = next((each for each in self._shown() if each.reference == number), None)
        if found is None:
            raise Http404
        data = self.get_serializer(found).data
        return Response(data, headers={"ETag": etag_of(None, data)})

    def _shown(self) -> Sequence[ShownProfile]:
        return profiles_shown_to(self.actor) if reads_own_needs(self.actor) else []
