"""Why a job is as it is, why hours stay out, which other plans are worth discussing."""
