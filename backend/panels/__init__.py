"""Pages that mix domains: each domain gives its panels, the page knows none of them by name."""
