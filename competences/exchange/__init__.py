"""What this domain brings to the bundle « échange »: competences seen, habilitations, files of VAE and their steps."""

from competences.exchange.assessments import ASSESSMENTS
from competences.exchange.licences import LICENCES
from competences.exchange.vae import VAE, VAE_STEPS

FILES = (ASSESSMENTS, LICENCES, VAE, VAE_STEPS)

__all__ = ["FILES"]
