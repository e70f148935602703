"""What deserves attention, as tools read it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class AlertSerializer(serializers.Serializer[Any]):
    """Une chose à ne pas laisser passer."""

    key = serializers.CharField(help_text="Clé stable, par exemple « pass_ending:412 ».")
    kind = serializers.CharField()
    due_on = serializers.DateField()
    beneficiary = serializers.IntegerField(source="beneficiary_id")
    beneficiary_name = serializers.CharField(source="who")
    title = serializers.CharField()
    message = serializers.CharField()
    action_label = serializers.CharField(help_text="Ce qu’il y a à faire.")
