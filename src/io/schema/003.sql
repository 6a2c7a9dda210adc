-- SPDX-License-Identifier: ISC
-- Whoever leaves on a day to come keeps everything until then; the approver
-- hears of another date that is asked for; frozen bytes go to whom they were
-- written for.

-- 1: left_on is to come, or has come and nothing was handed over yet.
ALTER TABLE party ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0;
CREATE INDEX party_leaving ON party (left_on) WHERE leaving = 1;

-- The day on which the date was asked for that extension_pending waits for.
ALTER TABLE entry ADD COLUMN asked_on TEXT;
UPDATE entry SET asked_on = (SELECT max(asked_on) FROM slip
    WHERE slip.entry_id = entry.id AND slip.state = 'pending')
    WHERE extension_pending = 1;
INSERT OR REPLACE INTO due (next_at, entry_id)
    SELECT 0, id FROM entry WHERE extension_pending = 1 AND live = 1;

-- The envelope that belongs to the bytes: under a redirect not the notice's
-- address. Before the bytes, so that it is read without them.
CREATE TABLE frozen (
	notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
	recipient TEXT NOT NULL,
	bytes BLOB NOT NULL
) STRICT;
INSERT INTO frozen (notice_id, recipient, bytes)
    SELECT b.notice_id, ifnull((SELECT value FROM meta
    WHERE key = 'redirected_to' AND n.channel = 'mail'), n.address), b.bytes
    FROM notice_bytes b JOIN notice n ON n.id = b.notice_id;
DROP TABLE notice_bytes;
ALTER TABLE frozen RENAME TO notice_bytes;
