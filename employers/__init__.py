"""Employers, the tasks they need done, who could do them, and what follows the hire."""
