"""From nothing to a service that answers: what is asked, what is written, what is run."""
