-- SPDX-License-Identifier: ISC
-- Whoever leaves on a day to come keeps everything until then.

-- 1: left_on is to come, or has come and nothing was handed over yet.
ALTER TABLE party ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0;
CREATE INDEX party_leaving ON party (left_on) WHERE leaving = 1;
