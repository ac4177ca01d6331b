"""What a web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillnad.config.settings")
application = get_wsgi_application()

from skillnad.organisation.row_area import stand_back  # noqa: E402 (Django is set up first)

stand_back()
