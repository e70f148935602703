"""An employer's own door to their needs."""
