"""The API window on the pathways."""
