"""What the web server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from backend.core import warm
from backend.core.serving import serve_pages_from
from backend.settings.sizes import choose_settings, refuse_to_serve_a_trial

choose_settings(os.environ)
refuse_to_serve_a_trial()
application = get_wsgi_application()
serve_pages_from(settings.DATA_DIR)
warm.be_ready()
