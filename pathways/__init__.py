"""The thread of one person: stays, contracts, interviews, goals and exits, across every structure."""
