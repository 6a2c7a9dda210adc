-- SPDX-License-Identifier: ISC
-- The register. _on is a civil day YYYY-MM-DD, _at UTC seconds.
--
-- Checks of busy tables are written with OR: for IN with more than two values
-- SQLite builds a temporary b-tree at every row written.

CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE party (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL
	    CHECK (kind = 'person' OR kind = 'office'
	    OR kind = 'organisation' OR kind = 'address'),
	name TEXT NOT NULL COLLATE NOCASE,
	email TEXT COLLATE NOCASE,
	organisation_id INTEGER REFERENCES party (id),
	contact_id INTEGER REFERENCES party (id),
	deputy_id INTEGER REFERENCES party (id),
	deputy_from_on TEXT,
	deputy_until_on TEXT,
	paused_from_on TEXT,
	paused_until_on TEXT,
	allow_external INTEGER NOT NULL DEFAULT 0,
	left_on TEXT,
	-- 1: left_on is to come, or has come and nothing was handed over yet
	leaving INTEGER NOT NULL DEFAULT 0,
	successor_id INTEGER REFERENCES party (id)
) STRICT;
CREATE INDEX party_leaving ON party (left_on) WHERE leaving = 1;
CREATE UNIQUE INDEX party_name
    ON party (name, kind, ifnull(organisation_id, 0));
CREATE INDEX party_email ON party (email) WHERE email IS NOT NULL;

CREATE TABLE party_alias (
	alias TEXT NOT NULL COLLATE NOCASE,
	party_id INTEGER NOT NULL REFERENCES party (id),
	PRIMARY KEY (alias, party_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE office_holder (
	office_id INTEGER NOT NULL REFERENCES party (id),
	from_on TEXT NOT NULL DEFAULT '0001-01-01',
	person_id INTEGER NOT NULL REFERENCES party (id),
	until_on TEXT,
	PRIMARY KEY (office_id, from_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX office_holder_person
    ON office_holder (person_id, from_on DESC, office_id);

CREATE TABLE series (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE COLLATE NOCASE,
	title TEXT NOT NULL,
	chair_id INTEGER REFERENCES party (id),
	secretary_id INTEGER REFERENCES party (id),
	restricted INTEGER NOT NULL DEFAULT 0,
	confirm_drafts INTEGER NOT NULL DEFAULT 0,
	last_number INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE meeting (
	id INTEGER PRIMARY KEY,
	series_id INTEGER NOT NULL REFERENCES series (id),
	held_on TEXT NOT NULL,
	starts_minute INTEGER,
	venue TEXT,
	state TEXT NOT NULL DEFAULT 'planned'
	    CHECK (state = 'planned' OR state = 'held' OR state = 'cancelled'),
	minutes TEXT NOT NULL DEFAULT 'none'
	    CHECK (minutes = 'none' OR minutes = 'draft'
	    OR minutes = 'approved'),
	approved_on TEXT,
	UNIQUE (series_id, held_on)
) STRICT;

CREATE TABLE attendance (
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	name TEXT NOT NULL,
	party_id INTEGER REFERENCES party (id),
	organisation TEXT,
	role TEXT,
	present INTEGER NOT NULL,
	PRIMARY KEY (meeting_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE agenda_item (
	meeting_id INTEGER NOT NULL REFERENCES meeting (id),
	number TEXT NOT NULL,
	title TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'listed'
	    CHECK (state IN ('listed', 'deferred')),
	PRIMARY KEY (meeting_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE COLLATE NOCASE,
	body TEXT NOT NULL,
	title TEXT NOT NULL,
	published_on TEXT,
	grading TEXT,
	series_id INTEGER REFERENCES series (id),
	last_number INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX report_series ON report (series_id) WHERE series_id IS NOT NULL;

CREATE TABLE entry (
	id INTEGER PRIMARY KEY,
	ref TEXT NOT NULL UNIQUE COLLATE NOCASE,
	kind TEXT NOT NULL,
	text TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state = 'open' OR state = 'closed'
	    OR state = 'unconfirmed' OR state = 'blocked' OR state = 'on_hold'
	    OR state = 'proposed' OR state = 'withdrawn'
	    OR state = 'superseded' OR state = 'not_accepted'),
	state_note TEXT,
	series_id INTEGER REFERENCES series (id),
	report_id INTEGER REFERENCES report (id),
	parent_id INTEGER REFERENCES entry (id),
	held_on TEXT,
	item TEXT,
	para TEXT,
	source TEXT,
	due_phrase TEXT,
	base_on TEXT,
	base_minute INTEGER, -- clocks of hours count from a time of day
	clock TEXT,
	paused_from_on TEXT, -- a clock stands still from this day,
	paused_days INTEGER NOT NULL DEFAULT 0, -- and has stood for these before
	statutory INTEGER NOT NULL DEFAULT 0,
	earliest_on TEXT,
	due_on TEXT,
	due_minute INTEGER,
	review_on TEXT,
	original_due_on TEXT,
	rule TEXT,
	flag TEXT,
	due_series_id INTEGER REFERENCES series (id),
	due_meeting_on TEXT,
	at_meeting INTEGER NOT NULL DEFAULT 0,
	priority TEXT,
	restricted INTEGER NOT NULL DEFAULT 0,
	at_risk INTEGER NOT NULL DEFAULT 0,
	due_version INTEGER NOT NULL DEFAULT 1,
	assign_version INTEGER NOT NULL DEFAULT 1,
	known_at INTEGER NOT NULL,
	assigned_at INTEGER NOT NULL,
	slips INTEGER NOT NULL DEFAULT 0,
	slipped_on TEXT,
	extension_pending INTEGER NOT NULL DEFAULT 0,
	asked_on TEXT, -- for the date that extension_pending waits for
	snooze_until_on TEXT,
	snooze_reason TEXT,
	updated_on TEXT,
	update_note TEXT,
	proposed_on TEXT,
	closed_on TEXT,
	-- The moments of the last event that told of it: added (as anything but
	-- unconfirmed), confirmed or reopened; and closed.
	opened_at INTEGER,
	closed_at INTEGER,
	version INTEGER NOT NULL DEFAULT 1,
	-- Not finished, and a person has looked at it.
	live INTEGER AS (CASE state WHEN 'open' THEN 1 WHEN 'blocked' THEN 1
	    WHEN 'on_hold' THEN 1 WHEN 'proposed' THEN 1 ELSE 0 END) VIRTUAL
) STRICT;
CREATE INDEX entry_series ON entry (series_id, held_on)
    WHERE series_id IS NOT NULL;
CREATE INDEX entry_loose ON entry (held_on)
    WHERE series_id IS NULL AND report_id IS NULL;
-- Holds all that a digest counts: "live = 1" must stand in the query. No other
-- computed column may, or SQLite reads the row for it.
CREATE INDEX entry_digest ON entry (series_id, due_on, ref, state, kind,
    statutory, clock, paused_from_on, slipped_on, opened_at,
    extension_pending, flag)
    WHERE live = 1 AND series_id IS NOT NULL;
CREATE INDEX entry_closed ON entry (series_id, closed_at, opened_at)
    WHERE state = 'closed' AND series_id IS NOT NULL;
CREATE INDEX entry_unconfirmed ON entry (series_id)
    WHERE state = 'unconfirmed' AND series_id IS NOT NULL;
CREATE INDEX entry_report ON entry (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX entry_parent ON entry (parent_id) WHERE parent_id IS NOT NULL;
-- Lists of what is overdue, due or undated: "live = 1" must stand in the query.
CREATE INDEX entry_live ON entry (due_on) WHERE live = 1;
-- The few that wait for a person: the same words must stand in the query.
CREATE INDEX entry_waiting ON entry (state)
    WHERE state <> 'open' AND state <> 'closed';
CREATE INDEX entry_hangs ON entry (due_series_id)
    WHERE due_series_id IS NOT NULL;

CREATE TABLE entry_owner (
	entry_id INTEGER NOT NULL REFERENCES entry (id),
	role TEXT NOT NULL CHECK (role = 'owner' OR role = 'co-owner'
	    OR role = 'sponsor'),
	position INTEGER NOT NULL,
	party_id INTEGER NOT NULL REFERENCES party (id),
	answered_on TEXT,
	PRIMARY KEY (entry_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_owner_party ON entry_owner (party_id);

CREATE TABLE slip (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry (id),
	old_on TEXT,
	new_on TEXT,
	new_earliest_on TEXT,
	phrase TEXT,
	reason TEXT,
	asked_by TEXT,
	agreed_by TEXT,
	asked_on TEXT NOT NULL,
	decided_on TEXT,
	state TEXT NOT NULL CHECK (state = 'pending' OR state = 'agreed'
	    OR state = 'refused')
) STRICT;
CREATE INDEX slip_entry ON slip (entry_id);

CREATE TABLE event (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	actor TEXT NOT NULL,
	by TEXT,
	done_on TEXT NOT NULL,
	subject TEXT NOT NULL,
	subject_id INTEGER NOT NULL,
	what TEXT NOT NULL,
	old TEXT,
	new TEXT,
	note TEXT
) STRICT;
CREATE INDEX event_subject ON event (subject_id, subject);
CREATE INDEX event_at ON event (at);

-- All that a heartbeat asks: which entries have something to plan by now.
CREATE TABLE due (
	next_at INTEGER NOT NULL,
	entry_id INTEGER NOT NULL,
	PRIMARY KEY (next_at, entry_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX due_entry ON due (entry_id);

-- When each rule of the configuration was first in force.
CREATE TABLE rule_known (
	rule TEXT PRIMARY KEY,
	since_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where a notice stands: a narrow row, because it is written anew at every step
-- of its way. leaving: attempting, and its dot or request may be out; said as
-- the state "committing", and apart so that no index is written for it.
CREATE TABLE notice (
	id INTEGER PRIMARY KEY,
	channel TEXT NOT NULL,
	day_on TEXT NOT NULL,
	send_at INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state = 'sent' OR state = 'attempting'
	    OR state = 'planned' OR state = 'deferred' OR state = 'failed'
	    OR state = 'in_doubt' OR state = 'cancelled' OR state = 'held'),
	leaving INTEGER NOT NULL DEFAULT 0
	    CHECK (leaving = 0 OR state = 'attempting'),
	next_at INTEGER NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	uncertain INTEGER NOT NULL DEFAULT 0,
	first_try_at INTEGER,
	sent_at INTEGER,
	code INTEGER,
	reply TEXT,
	reason TEXT,
	-- 1: may be claimed; 2: under way, or needs a person; 0: done with.
	-- One value each, because SQLite builds a table for every IN list.
	pending INTEGER AS (CASE state WHEN 'planned' THEN 1
	    WHEN 'deferred' THEN 1 WHEN 'in_doubt' THEN 1 WHEN 'sent' THEN 0
	    WHEN 'cancelled' THEN 0 ELSE 2 END) STORED
) STRICT;
CREATE INDEX notice_claim ON notice (channel, next_at) WHERE pending = 1;
-- What still has a text for a day gone by.
CREATE INDEX notice_stale ON notice (day_on) WHERE pending = 1;
CREATE INDEX notice_ready ON notice (send_at);
CREATE INDEX notice_sent ON notice (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX notice_waits ON notice (state) WHERE pending > 0;

-- What a notice is, as it was made.
CREATE TABLE notice_head (
	notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
	key TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind = 'nudge' OR kind = 'escalation'
	    OR kind = 'digest' OR kind = 'secretary'),
	party_id INTEGER NOT NULL,
	address TEXT NOT NULL,
	digest TEXT,
	series_id INTEGER,
	since_at INTEGER
) STRICT;

-- What was written of a notice at its claim: its envelope (under a redirect not
-- the notice's address), its names, and a number for what it tells, which is
-- another one when an entry changed.
CREATE TABLE message (
	notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
	recipient TEXT NOT NULL,
	subject TEXT NOT NULL,
	message_id TEXT NOT NULL,
	told INTEGER NOT NULL
) STRICT;

-- Its exact bytes, until they are settled.
CREATE TABLE message_bytes (
	notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
	bytes BLOB NOT NULL
) STRICT;

CREATE TABLE occurrence (
	id INTEGER PRIMARY KEY,
	entry_id INTEGER NOT NULL REFERENCES entry (id),
	due_version INTEGER NOT NULL,
	rule TEXT NOT NULL,
	local_on TEXT NOT NULL,
	party_id INTEGER NOT NULL,
	channel TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind = 'nudge' OR kind = 'escalation'
	    OR kind = 'secretary'),
	role TEXT NOT NULL,
	fire_on TEXT NOT NULL,
	fire_at INTEGER NOT NULL,
	-- What became of a queued one is its notice's state, said there alone.
	state TEXT NOT NULL CHECK (state = 'queued' OR state = 'planned'
	    OR state = 'missed' OR state = 'cancelled'),
	notice_id INTEGER REFERENCES notice (id),
	UNIQUE (entry_id, due_version, rule, local_on, party_id, channel)
) STRICT;
CREATE INDEX occurrence_loose ON occurrence (channel, party_id, entry_id)
    WHERE state = 'planned';
CREATE INDEX occurrence_notice ON occurrence (notice_id)
    WHERE notice_id IS NOT NULL;

-- The tries that did not succeed; the one that did is in the notice.
CREATE TABLE attempt (
	id INTEGER PRIMARY KEY,
	notice_id INTEGER NOT NULL REFERENCES notice (id),
	at INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	stage TEXT,
	code INTEGER,
	reply TEXT
) STRICT;
CREATE INDEX attempt_notice ON attempt (notice_id);

-- An import: staged in slices that nobody sees, then applied; one that was
-- cut off while applying goes on at the next start.
CREATE TABLE import (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('staging', 'applying')),
	actor TEXT NOT NULL,
	at INTEGER NOT NULL
) STRICT;

CREATE TABLE import_row (
	import_id INTEGER NOT NULL REFERENCES import (id),
	row INTEGER NOT NULL,
	entry_id INTEGER,
	body TEXT NOT NULL,
	PRIMARY KEY (import_id, row)
) STRICT, WITHOUT ROWID;
