"""Which brokers carry the jobs: what the settings accept, what the installation asks for."""

from __future__ import annotations

BROKER_SCHEMES = ("redis", "rediss", "amqp", "amqps")
"""How the address of a broker begins: Redis or RabbitMQ, in clear or sealed."""
