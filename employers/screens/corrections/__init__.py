"""What was typed of employers, their work and the hires: corrected, or taken back."""
