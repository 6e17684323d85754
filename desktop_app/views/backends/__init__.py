"""Parts of the window's way to the services, one a subject; :class:`desktop_app.views.backend.Backend` joins them."""
