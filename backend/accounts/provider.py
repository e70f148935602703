"""Where allauth looks for the providers of an app: ours is the only one."""

from backend.accounts.identities.provider import IdentityProvider

provider_classes = [IdentityProvider]
