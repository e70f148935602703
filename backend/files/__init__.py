"""What people send as proof: checked, cleaned, sealed, kept; this package knows no domain."""
