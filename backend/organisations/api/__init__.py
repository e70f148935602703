"""The same verbs as the screens, for tools."""
