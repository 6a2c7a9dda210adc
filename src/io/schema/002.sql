-- SPDX-License-Identifier: ISC
-- For whom an import was made, and the day that it counts from.
ALTER TABLE import ADD COLUMN by TEXT;
ALTER TABLE import ADD COLUMN done_on TEXT;
UPDATE import SET done_on = date(at, 'unixepoch');
