"""Settings: `embedded` on one machine, `production` behind a proxy, `testing` for the suite."""
