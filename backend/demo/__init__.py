"""An invented territory: people, structures and employers that never existed, calibrated on published figures."""
