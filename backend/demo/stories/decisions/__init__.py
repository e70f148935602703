"""Stories of what is decided on the way: each kind of contract, of derogation, of what moves a PASS, on somebody one can open."""
