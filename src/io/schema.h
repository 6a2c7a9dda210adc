/* SPDX-License-Identifier: ISC */
/*
 * The register's schema, built in: each text takes user_version one further.
 * Append-only once released. Made of schema/NNN.sql by schema/embed.sh.
 */
#ifndef NUDGED_IO_SCHEMA_H
#define NUDGED_IO_SCHEMA_H

extern const char *const schema_migrations[]; /* ends with NULL */

#endif
