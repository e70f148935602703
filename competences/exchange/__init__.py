"""What this domain brings to the bundle « échange »: competences seen, files of VAE and their steps."""

from competences.exchange.assessments import ASSESSMENTS
from competences.exchange.vae import VAE, VAE_STEPS

FILES = (ASSESSMENTS, VAE, VAE_STEPS)

__all__ = ["FILES"]
