"""The eligibility of a person: what is known, what is missing for this structure, the documents seen."""
