/* SPDX-License-Identifier: ISC */
/* What the agent's files share: see agent.h for what it does. */
#ifndef NUDGED_DESK_AGENT_PARTS_H
#define NUDGED_DESK_AGENT_PARTS_H

#include "core/letter.h"
#include "core/plan.h"
#include "desk/agent.h"
#include "io/meetings.h"
#include "io/entries.h"
#include "io/parties.h"
#include "io/store.h"

/* A schedule as the planner wants it; arrays as long as conf's. */
struct agent_schedule {
	struct plan_schedule plan;
	int64_t *remind_since;
	int64_t *escalate_since;
	struct plan_to *to;
	struct plan_to *escalate_to;
};

/* Who answers for a party on a day. */
struct agent_reader {
	int64_t party_id, reader_id;
	int on;
};

struct agent {
	struct db *db;
	const struct conf *conf;
	VEC(struct agent_schedule) schedules; /* as conf->schedules */
	struct series_calendar calendar;      /* of all series, for one beat */
	VEC(struct series) series;            /* likewise */
	VEC(struct agent_reader) readers; /* chairs', secretaries', likewise */
	int64_t secretary_id; /* of what has no series, or one without */
	struct letter_templates templates;
	struct evp_md_st *sha256; /* fetched once: a look-up costs more than
				   * the hash of a short text */
	bool reader;        /* on a read-only connection: writes nothing */
	char *register_id;  /* random, made with the register */
	char *domain;       /* of the sender's address */
	int today;          /* local day of the last beat */
	bool beating;       /* between the first slice and the last */
	bool digested;      /* the digests were looked at in this beat */
	bool settled;       /* the last beat found nothing more to do */
	VEC(int64_t) sent;  /* of which the bytes are still kept */
	int64_t new_sends;  /* not counted in the register yet */
	int64_t counted_at; /* when they last were */
	int64_t next_digest_at;
	int64_t gated_at; /* the gate has looked at what is ready until then */
	char gate[160];
};

/* The series with an id and its meeting days; NULL: none. */
const struct series *agent_series(const struct agent *agent, int64_t id);
const struct words_series *agent_meetings(
    const struct agent *agent, int64_t id);

/* The chair (0: none) and the secretary (never 0) of a series. */
int64_t agent_chair(const struct agent *agent, int64_t series_id);
int64_t agent_secretary(const struct agent *agent, int64_t series_id);

/* The series whose chair and secretary an entry has: its own, or the one that
 * monitors its report. 0: none. */
int agent_series_of(struct agent *agent, const struct entry *entry,
    int64_t *series_id, struct err *err);

/* The schedule that an entry matches; NULL: none. */
const struct plan_schedule *agent_schedule_for(
    const struct agent *agent, const struct entry *entry);

/* For `why` and previews on a read-only connection: plans, beats never. */
struct agent *agent_new_reader(
    struct db *db, const struct conf *conf, int64_t now, struct err *err);

/* Forgets the bytes of what was sent. */
int agent_forget_sent(struct agent *agent, struct err *err);

/* Counts what was sent in the register, for the mark. */
int agent_count_sends(struct agent *agent, struct err *err);

/* Reads what holds for a whole beat: today, series and their meetings. */
int agent_open_day(struct agent *agent, int64_t now, struct err *err);
void agent_forget_day(struct agent *agent);

/* One entry planned at now, nothing written. also (NULL: none) is taken as
 * planned already, beside what the ledger has. */
int agent_plan_entry(struct agent *agent, const struct entry *entry,
    int64_t now, const struct plan *also, struct plan *out, struct err *err);

/* Does what is in doubt wait for a person on this channel? */
bool agent_holds_doubt(const struct agent *agent, const char *channel);
#define AGENT_DOUBT_HELD \
	"may have been delivered; the channel holds what is in doubt"

/* Until a person lets it go. */
int agent_hold(struct agent *agent, struct notice *notice, const char *why,
    struct err *err);

/* Takes a notice apart: its occurrences are loose again. */
int agent_loosen(struct agent *agent, struct notice *notice, const char *why,
    struct err *err);

/* agent_group: puts loose occurrences into notices, a slice a call; 1 when it
 * did something, 0 when there is nothing, -1. */
int agent_group(struct agent *agent, int64_t now, struct err *err);

/* Who gets what is meant for a party: itself, or the secretary when it cannot
 * be reached. Sets *unreached to the reason, NULL: reached. */
int agent_reach(struct agent *agent, int64_t party_id, int64_t secretary_id,
    struct reach *out, const char **unreached, struct err *err);

/* Where an occurrence goes as things stand, and as which kind of notice. */
int agent_route(struct agent *agent, const struct occurrence *occurrence,
    const struct entry *entry, struct reach *out, const char **kind,
    struct err *err);

/* The address that answers go to; owned by the caller. */
char *agent_answers_to(const struct agent *agent);

/* agent_recheck: after a party or a series changed, a slice a call: what has
 * not left yet goes to whom it is meant for now; 1 when it did something, 0
 * when there is nothing, -1. The second is its part for digests. */
int agent_recheck(struct agent *agent, struct err *err);
int agent_recheck_digest(
    struct agent *agent, struct notice *notice, struct err *err);

/* agent_digest: makes the notices of the digests that are due; sets
 * next_digest_at. */
int agent_digests(struct agent *agent, int64_t now, struct err *err);

/* A notice with what it tells of: rows and entries run in parallel. */
struct message {
	struct notice *notice;
	struct store_occurrences occurrences;
	VEC(struct entry) entries;
};
void message_clear(struct message *message);

/* post: writes the message of a notice; sets the notice's subject and
 * message_id and fills job. Returns 1, or 0 when there is nothing to say (an
 * empty digest, everything restricted), -1. */
int post_write(struct agent *agent, struct message *message, int64_t now,
    struct agent_job *job, struct err *err);

/* Its part for a webhook's notice: the body. Returns as above. */
int post_hook(struct agent *agent, const struct message *message,
    const struct conf_webhook *hook, int64_t now, struct agent_job *job,
    struct err *err);

/* The same as a person reads it, without the mail around it. Returns 1, 0
 * when there is nothing to say, -1. */
int post_text(struct agent *agent, struct message *message, int64_t now,
    struct buf *subject, struct buf *text, struct err *err);

/* A line of a letter from an entry: all that does not depend on why it is
 * told. What has to be made for it is kept in keep. */
int post_line(struct agent *agent, const struct entry *entry,
    struct letter_line *line, struct strings *keep, struct err *err);

/* digest_gather: fills a letter with the sections of a digest for a series as
 * of today, change counted since since_at (INSTANT_NONE: none before). Returns
 * 1, or 0 when every section is empty, -1. The lines borrow from keep and from
 * entries, which the caller clears after rendering. */
struct digest_entries {
	VEC(struct entry *) items; /* each owned */
};
int digest_gather(struct agent *agent, const struct conf_digest *digest,
    int64_t series_id, int64_t since_at, struct letter *letter,
    struct strings *keep, struct digest_entries *entries, struct err *err);
void digest_entries_clear(struct digest_entries *entries);

/* The digest that a name stands for; NULL: none in force. */
const struct conf_digest *agent_digest_named(
    const struct agent *agent, const char *name);

/* The Message-ID (without <>) of a key, and the root of an entry's thread;
 * owned by the caller. */
char *post_message_id(const struct agent *agent, const char *key);

#endif
