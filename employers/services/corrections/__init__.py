"""Correcting what was typed of employers, their work and the hires; taking back what was typed by mistake (decision 0049)."""
