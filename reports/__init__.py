"""Exit statistics, cohorts and exports."""
