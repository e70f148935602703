"""Exits of the insertion structures: read, classed with their reason, summed, shown."""
