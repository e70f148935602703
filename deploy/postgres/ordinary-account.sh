#!/bin/sh
# An ordinary account for the service, owner of its base: rules by row hold it, an administrator passes over them.
#
# The image plays it on an empty volume. On a volume made before it, service stopped:
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/ordinary-account.sh
# Twice is once. The account that made the server keeps its rights under another name, and no longer signs in.
set -eu
: "${SERVICE_USER:?}" "${SERVICE_PASSWORD:?}" "${SERVICE_DB:?}"
if [ "$SERVICE_USER" = postgres ]; then
    echo "POSTGRES_USER=postgres is the administrator: give the service another name." >&2
    exit 1
fi

ask() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --username "$1" --dbname "$SERVICE_DB"
}

if ! echo "SELECT" | ask postgres 2>/dev/null; then
    echo 'CREATE ROLE postgres LOGIN SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS;' | ask "$SERVICE_USER"
fi

ask postgres <<'SQL'
\getenv service SERVICE_USER
\getenv secret SERVICE_PASSWORD
\getenv base SERVICE_DB
BEGIN;
-- 10: who made the server. PostgreSQL refuses that it stops being an administrator.
SELECT format('ALTER ROLE %I RENAME TO %I', rolname, rolname || '_avant'),
       format('ALTER ROLE %I NOLOGIN PASSWORD NULL', rolname || '_avant')
  FROM pg_roles WHERE oid = 10 AND rolname = :'service' \gexec
SELECT format('CREATE ROLE %I', :'service') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION PASSWORD :'secret';
ALTER DATABASE :"base" OWNER TO :"service";
SELECT format('ALTER SCHEMA public OWNER TO %I', :'service')
  FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
 WHERE n.nspname = 'public' AND r.rolname <> 'pg_database_owner' \gexec
-- What belongs to a column follows its table.
SELECT format('ALTER TABLE public.%I OWNER TO %I', c.relname, :'service')
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e')) \gexec
SELECT format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, :'service')
  FROM pg_proc p
 WHERE p.pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') \gexec
-- From this machine only, without a password: nobody signs in as an administrator from elsewhere.
ALTER ROLE postgres PASSWORD NULL;
COMMIT;
SQL
