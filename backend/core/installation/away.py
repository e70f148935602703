"""What the proxy shows while the service is stopped or updated: one page, in French, for both forms of installation.

`deploy/Caddyfile`, which containers read as it is, holds the same lines; a test compares them. No style sheet, no image: what
serves them is away too.
"""

from __future__ import annotations

WHILE_AWAY = """\
	handle_errors {
		@away expression {err.status_code} in [502, 503, 504]
		header @away Content-Type "text/html; charset=utf-8"
		header @away Cache-Control no-store
		header @away Retry-After 30
		respond @away `<!doctype html>
			<html lang="fr">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<meta name="color-scheme" content="light dark">
			<title>Le service revient dans un instant · Passerelles</title>
			</head>
			<body style="font: 1.125rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0; padding: 0 1.25rem">
			<h1 style="font-size: 1.5rem; line-height: 1.3">Le service revient dans un instant</h1>
			<p>Passerelles est en cours de mise à jour ou vient de s’arrêter. Rien de ce qui est enregistré n’est perdu.</p>
			<p>Attendez une minute, puis rechargez cette page. Si vous veniez d’envoyer un formulaire, votre navigateur
			proposera de l’envoyer à nouveau : acceptez.</p>
			<p>Si cela dure, prévenez la personne qui vous aide à utiliser Passerelles.</p>
			</body>
			</html>` 503
	}
"""
"""Lines of a site of Caddy. Debian's (2.6) reads them as the image's does."""
