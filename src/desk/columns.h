/* SPDX-License-Identifier: ISC */
/*
 * The columns of the CSV files, in the order in which they are exported, with
 * the headings that registers in the field use for them. One table each for
 * import and export, so that what is written is read.
 */
#ifndef NUDGED_DESK_COLUMNS_H
#define NUDGED_DESK_COLUMNS_H

#include "core/csv.h"

enum entry_column {
	E_REF,
	E_KIND,
	E_TEXT,
	E_OWNERS,
	E_SERIES,
	E_HELD,
	E_REPORT,
	E_ITEM,
	E_PARA,
	E_PHRASE,
	E_BASE,
	E_EARLIEST,
	E_DUE,
	E_REVIEW,
	E_STATE,
	E_CO_OWNERS,
	E_SPONSORS,
	E_PARENT,
	E_SOURCE,
	E_TIME,
	E_ORIGINAL,
	E_SLIPS,
	E_SLIPPED,
	E_CLOCK,
	E_BASE_TIME,
	E_STOPPED,
	E_STOOD,
	E_STATUTORY,
	E_RULE,
	E_FLAG,
	E_PRIORITY,
	E_RESTRICTED,
	E_AT_RISK,
	E_STATE_NOTE,
	E_UPDATED,
	E_UPDATE,
	E_PROPOSED,
	E_CLOSED,
	E_SNOOZE,
	E_SNOOZE_REASON,
	E_VERSION,
	E_CHECKSUM,
	E_EXPORTED, /* up to here */
	E_OFFICE = E_EXPORTED,
	E_ORGANISATION,
	E_REVISED,
	E_REASON,
	E_AGREED_BY,
	E_MEETING, /* the meeting of the paper that the row is of, E_MEETING to
		    * E_NEXT: a draft of minutes has them */
	E_MEETING_STATE,
	E_MEETING_MINUTES,
	E_MEETING_TIME,
	E_MEETING_VENUE,
	E_NEXT,
	E_COLUMNS
};
extern const struct csv_column entry_columns[E_COLUMNS];

enum party_column {
	P_KIND,
	P_NAME,
	P_ORGANISATION,
	P_OFFICE,
	P_EMAIL,
	P_ALIASES,
	P_HOLDER,
	P_CONTACT,
	P_DEPUTY,
	P_DEPUTY_FROM,
	P_DEPUTY_UNTIL,
	P_PAUSED_FROM,
	P_PAUSED_UNTIL,
	P_EXTERNAL,
	P_LEFT,
	P_SUCCESSOR,
	P_COLUMNS
};
extern const struct csv_column party_columns[P_COLUMNS];

enum meeting_column {
	M_SERIES,
	M_TITLE,
	M_HELD,
	M_TIME,
	M_VENUE,
	M_STATE,
	M_MINUTES,
	M_APPROVED,
	M_CHAIR,
	M_SECRETARY,
	M_RESTRICTED,
	M_CONFIRM,
	M_COLUMNS
};
extern const struct csv_column meeting_columns[M_COLUMNS];

enum report_column {
	R_CODE,
	R_BODY,
	R_TITLE,
	R_PUBLISHED,
	R_GRADING,
	R_SERIES,
	R_COLUMNS
};
extern const struct csv_column report_columns[R_COLUMNS];

#endif
