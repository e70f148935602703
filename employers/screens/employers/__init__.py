"""Meeting employers and their workplaces."""
