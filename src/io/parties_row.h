/* SPDX-License-Identifier: ISC */
/* Private to io/parties*.c. */
#ifndef NUDGED_IO_PARTIES_ROW_H
#define NUDGED_IO_PARTIES_ROW_H

#include "io/parties.h"

/* The name of a party, NULL when there is none; owned. */
char *party_name_of(struct db *db, int64_t id);

/* In SQL, the spellings of a name (a parameter): as it is, or with apostrophes
 * of any one shape, as text_apostrophe knows them. */
#define SQL_PLAIN(name)                                         \
	"replace(replace(replace(" name ", char(8217), ''''), " \
	"char(8216), ''''), char(700), '''')"
#define SQL_SPELT(name)                                       \
	"(" name ", " SQL_PLAIN(                              \
	    name) ", "                                        \
		  "replace(" SQL_PLAIN(                       \
		      name) ", '''', char(8217)), "           \
			    "replace(" SQL_PLAIN(             \
				name) ", '''', char(8216)), " \
				      "replace(" SQL_PLAIN(   \
					  name) ", '''', char(700)))"

/* Makes the live entries that may reach the party be planned anew. */
int party_touch(struct db *db, int64_t id, struct err *err);

#endif
