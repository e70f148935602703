"""Every screen: views, forms, templates, static files."""
