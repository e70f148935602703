"""What law and practice say of competences and certifications; pure, no database."""
