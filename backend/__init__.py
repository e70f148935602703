"""The frame: settings, identity, access, audit, screens and everything that assembles the domains."""
