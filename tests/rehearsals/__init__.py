"""What the pages promise of an installation, played for real: installed, killed, upgraded, moved, in the dark."""
