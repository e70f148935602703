"""What people can do and how we know it: ROME referential, assessments with proof, VAE."""
