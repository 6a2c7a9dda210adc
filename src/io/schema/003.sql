-- SPDX-License-Identifier: ISC
-- What a digest counts of a series, found by the series alone. opened_at and
-- closed_at are the moments of the last event that told of it: added (as
-- anything but unconfirmed), confirmed or reopened; and closed.

ALTER TABLE entry ADD COLUMN opened_at INTEGER;
ALTER TABLE entry ADD COLUMN closed_at INTEGER;

UPDATE entry SET
    opened_at = (SELECT max(at) FROM event WHERE subject_id = entry.id
	AND subject = 'entry' AND (what = 'confirmed' OR what = 'reopened'
	OR what = 'added' AND new <> 'unconfirmed')),
    closed_at = (SELECT max(at) FROM event WHERE subject_id = entry.id
	AND subject = 'entry' AND new = 'closed');

-- Holds all that is counted: "live = 1" must stand in the query. No other
-- computed column may, or SQLite reads the row for it.
CREATE INDEX entry_digest ON entry (series_id, due_on, ref, state, kind,
    statutory, clock, paused_from_on, slipped_on, opened_at,
    extension_pending, flag)
    WHERE live = 1 AND series_id IS NOT NULL;
CREATE INDEX entry_closed ON entry (series_id, closed_at, opened_at)
    WHERE state = 'closed' AND series_id IS NOT NULL;
CREATE INDEX entry_unconfirmed ON entry (series_id)
    WHERE state = 'unconfirmed' AND series_id IS NOT NULL;
CREATE INDEX report_series ON report (series_id) WHERE series_id IS NOT NULL;
