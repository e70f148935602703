"""What a person asks of the data kept about them, what they take away, and until when it is kept."""

from pathways.models.privacy.access_copy import AccessCopy
from pathways.models.privacy.data_request import DataRequest
from pathways.models.privacy.retention import Retention

__all__ = ["AccessCopy", "DataRequest", "Retention"]
