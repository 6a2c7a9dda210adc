-- SPDX-License-Identifier: ISC
-- Clocks of hours count from a time of day; clocks that pause stand still from
-- a day, and have stood for some days before.

ALTER TABLE entry ADD COLUMN base_minute INTEGER;
ALTER TABLE entry ADD COLUMN paused_from_on TEXT;
ALTER TABLE entry ADD COLUMN paused_days INTEGER NOT NULL DEFAULT 0;
