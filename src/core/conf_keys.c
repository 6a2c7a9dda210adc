/* SPDX-License-Identifier: ISC */
/*
 * The table of all config keys with their defaults; see conf_keys.h. How a
 * value is read and freed is in conf_value.c.
 */
#include "core/conf_keys.h"

#define AT(type, field) offsetof(struct type, field)
#define KEY(key, kind, at, ...)                                        \
	{                                                              \
		.name = key, .type = kind, .offset = at, ##__VA_ARGS__ \
	}
#define END                  \
	{                    \
		.name = NULL \
	}

#define SECOND 1
#define MINUTE 60
#define HOUR 3600
#define DAY 86400

static const char *const TLS[] = { "default", "never", "required", NULL };
static const char *const IN_DOUBT[] = { "resend", "hold", NULL };
static const char *const GROUPING[] = { "day", "none", NULL };
static const char *const FORMATS[] = { "json", "slack", "teams", "alertmanager",
	NULL };
static const char *const ROLLING[] = { "none", "working days", NULL };
static const char *const CLOCK_ROLLING[] = { "none", "forward", "back", NULL };
static const char *const ATTACHMENTS[] = { "csv", "html", "md", NULL };

static const struct conf_key CALENDAR_KEYS[] = {
	KEY("working_days", CONF_WEEK, AT(conf, works),
	    .fallback = "mon|tue|wed|thu|fri"),
	KEY("holidays", CONF_HOLIDAYS, AT(conf, holiday_files),
	    .fallback = "england-and-wales"),
	KEY("sending_hours", CONF_HOURS, AT(conf, sending_from),
	    .fallback = "08:00-18:00"),
	END,
};

static const struct conf_key MAIL_KEYS[] = {
	KEY("url", CONF_TEXT, AT(conf, mail.url),
	    .fallback = "smtp://localhost:25"),
	KEY("from", CONF_TEXT, AT(conf, mail.from), .required = true),
	KEY("reply_to", CONF_TEXT, AT(conf, mail.reply_to)),
	KEY("tls", CONF_CHOICE, AT(conf, mail.tls), .fallback = "default",
	    .choices = TLS),
	KEY("ca_file", CONF_PATH, AT(conf, mail.ca_file)),
	KEY("username", CONF_TEXT, AT(conf, mail.username)),
	KEY("password_file", CONF_PATH, AT(conf, mail.password_file)),
	KEY("credential", CONF_TEXT, AT(conf, mail.credential)),
	KEY("allowed_domains", CONF_TEXTS, AT(conf, mail.allowed_domains)),
	KEY("connections", CONF_NUMBER, AT(conf, mail.connections),
	    .fallback = "4", .min = 1, .max = 64),
	KEY("give_up", CONF_SECONDS, AT(conf, mail.give_up_s),
	    .fallback = "5 days", .min = MINUTE, .max = 60 * DAY),
	KEY("in_doubt", CONF_CHOICE, AT(conf, mail.in_doubt),
	    .fallback = "resend", .choices = IN_DOUBT),
	KEY("redirect_all_to", CONF_TEXT, AT(conf, mail.redirect_all_to)),
	KEY("per_minute", CONF_NUMBER, AT(conf, mail.per_minute),
	    .fallback = "0", .max = 1000000),
	KEY("per_recipient_day", CONF_NUMBER, AT(conf, mail.per_recipient_day),
	    .fallback = "0", .max = 10000),
	KEY("timeout", CONF_SECONDS, AT(conf, mail.timeout_s),
	    .fallback = "5 minutes", .min = SECOND, .max = HOUR),
	KEY("dot_timeout", CONF_SECONDS, AT(conf, mail.dot_timeout_s),
	    .fallback = "10 minutes", .min = SECOND, .max = 2 * HOUR),
	END,
};

static const struct conf_key ACCESS_KEYS[] = {
	KEY("edit", CONF_TEXTS, AT(conf, access.edit)),
	KEY("approve", CONF_TEXTS, AT(conf, access.approve)),
	KEY("admin", CONF_TEXTS, AT(conf, access.admin), .fallback = "sudo"),
	END,
};

static const struct conf_key TERM_KEYS[] = {
	KEY("name", CONF_TEXT, AT(words_term, name), .required = true),
	KEY("from", CONF_DATE, AT(words_term, first_on), .required = true),
	KEY("until", CONF_DATE, AT(words_term, last_on), .required = true),
	KEY("half_term_from", CONF_DATE, AT(words_term, half_first_on),
	    .fallback = "none"),
	KEY("half_term_until", CONF_DATE, AT(words_term, half_last_on),
	    .fallback = "none"),
	END,
};

static const struct conf_table TERM = { "term", sizeof(struct words_term),
	TERM_KEYS };

static const struct conf_key WORDS_KEYS[] = {
	KEY("undated_review_days", CONF_NUMBER,
	    AT(conf, words.undated_review_days), .fallback = "42", .min = 1,
	    .max = 730),
	KEY("asap_days", CONF_NUMBER, AT(conf, words.asap_days),
	    .fallback = "14", .min = 1, .max = 365),
	KEY("agenda_clear_days", CONF_NUMBER, AT(conf, words.agenda_clear_days),
	    .fallback = "5", .max = 60),
	KEY("financial_year_end", CONF_MONTH_DAY,
	    AT(conf, words.year_end_month), .fallback = "31 March"),
	KEY("terms", CONF_OBJECTS, AT(conf, words.terms), .table = &TERM),
	END,
};

static const struct conf_key WEBHOOK_KEYS[] = {
	KEY("name", CONF_TEXT, AT(conf_webhook, name), .required = true),
	KEY("url", CONF_TEXT, AT(conf_webhook, url), .required = true),
	KEY("format", CONF_CHOICE, AT(conf_webhook, format), .fallback = "json",
	    .choices = FORMATS),
	KEY("secret_file", CONF_PATHS, AT(conf_webhook, secret_files)),
	KEY("credential", CONF_CREDENTIALS, AT(conf_webhook, secret_files)),
	KEY("ca_file", CONF_PATH, AT(conf_webhook, ca_file)),
	KEY("allow_private", CONF_SWITCH, AT(conf_webhook, allow_private),
	    .fallback = "false"),
	KEY("reuse", CONF_SWITCH, AT(conf_webhook, reuse), .fallback = "false"),
	KEY("group", CONF_CHOICE, AT(conf_webhook, group),
	    .fallback = CONF_OPEN, .choices = GROUPING),
	KEY("in_doubt", CONF_CHOICE, AT(conf_webhook, in_doubt),
	    .fallback = "resend", .choices = IN_DOUBT),
	KEY("connections", CONF_NUMBER, AT(conf_webhook, connections),
	    .fallback = "2", .min = 1, .max = 64),
	KEY("timeout", CONF_SECONDS, AT(conf_webhook, timeout_s),
	    .fallback = "20 s", .min = SECOND, .max = 10 * MINUTE),
	KEY("give_up", CONF_SECONDS, AT(conf_webhook, give_up_s),
	    .fallback = "5 days", .min = MINUTE, .max = 60 * DAY),
	KEY("per_minute", CONF_NUMBER, AT(conf_webhook, per_minute),
	    .fallback = "0", .max = 1000000),
	END,
};

static const struct conf_table WEBHOOK = { "webhook",
	sizeof(struct conf_webhook), WEBHOOK_KEYS };

static const struct conf_key ESCALATION_KEYS[] = {
	KEY("when", CONF_STEP, AT(conf_escalation, when), .required = true),
	KEY("to", CONF_TEXT, AT(conf_escalation, to), .required = true),
	END,
};

static const struct conf_table ESCALATION = { "escalation step",
	sizeof(struct conf_escalation), ESCALATION_KEYS };

static const struct conf_key SCHEDULE_KEYS[] = {
	KEY("name", CONF_TEXT, AT(conf_schedule, name), .required = true),
	KEY("kinds", CONF_TEXTS, AT(conf_schedule, kinds)),
	KEY("series", CONF_TEXTS, AT(conf_schedule, series)),
	KEY("bodies", CONF_TEXTS, AT(conf_schedule, bodies)),
	KEY("priorities", CONF_TEXTS, AT(conf_schedule, priorities)),
	KEY("remind", CONF_RULES, AT(conf_schedule, remind)),
	KEY("to", CONF_TEXTS, AT(conf_schedule, to),
	    .fallback = "owner|co-owners"),
	KEY("channels", CONF_TEXTS, AT(conf_schedule, channels),
	    .fallback = "mail"),
	KEY("at", CONF_TIME, AT(conf_schedule, at), .fallback = "09:00"),
	KEY("most", CONF_NUMBER, AT(conf_schedule, most), .fallback = "0",
	    .max = 1000),
	KEY("max_late", CONF_DAYS, AT(conf_schedule, max_late_days),
	    .fallback = "14 days", .max = 365),
	KEY("roll", CONF_EITHER, AT(conf_schedule, roll),
	    .fallback = "working days", .choices = ROLLING),
	KEY("no_snooze", CONF_SWITCH, AT(conf_schedule, no_snooze),
	    .fallback = "false"),
	KEY("group", CONF_CHOICE, AT(conf_schedule, group), .fallback = "day",
	    .choices = GROUPING),
	KEY("escalate", CONF_OBJECTS, AT(conf_schedule, escalate),
	    .table = &ESCALATION),
	END,
};

static const struct conf_table SCHEDULE = { "schedule",
	sizeof(struct conf_schedule), SCHEDULE_KEYS };

static const struct conf_key DIGEST_KEYS[] = {
	KEY("name", CONF_TEXT, AT(conf_digest, name), .required = true),
	KEY("to", CONF_TEXTS, AT(conf_digest, to), .fallback = "chair"),
	KEY("series", CONF_TEXTS, AT(conf_digest, series)),
	KEY("when", CONF_DIGEST_RULE, AT(conf_digest, when), .required = true),
	KEY("at", CONF_TIME, AT(conf_digest, at), .fallback = "08:00"),
	KEY("sections", CONF_SECTIONS, AT(conf_digest, sections),
	    .fallback = "all"),
	KEY("attach", CONF_TEXTS, AT(conf_digest, attach),
	    .choices = ATTACHMENTS),
	END,
};

static const struct conf_table DIGEST = { "digest", sizeof(struct conf_digest),
	DIGEST_KEYS };

static const struct conf_key CLOCK_KEYS[] = {
	KEY("name", CONF_TEXT, AT(clock, name), .required = true),
	KEY("mode", CONF_MODE, AT(clock, mode), .required = true),
	KEY("count", CONF_NUMBER, AT(clock, count), .max = 36500),
	KEY("on", CONF_MONTH_DAY, AT(clock, month)),
	KEY("roll", CONF_CHOICE, AT(clock, roll), .fallback = "none",
	    .choices = CLOCK_ROLLING),
	KEY("holidays", CONF_TEXT, AT(clock, holidays)),
	KEY("base", CONF_TEXT, AT(clock, base)),
	KEY("source", CONF_TEXT, AT(clock, source)),
	KEY("then", CONF_TEXT, AT(clock, then)),
	KEY("body", CONF_TEXT, AT(clock, body)),
	KEY("text", CONF_TEXT, AT(clock, text)),
	KEY("owner", CONF_TEXT, AT(clock, owner)),
	KEY("pauses", CONF_SWITCH, AT(clock, pauses), .fallback = "false"),
	KEY("statutory", CONF_SWITCH, AT(clock, statutory),
	    .fallback = "false"),
	END,
};

static const struct conf_table CLOCK = { "clock", sizeof(struct clock),
	CLOCK_KEYS };

static const struct conf_key HOLIDAY_SET_KEYS[] = {
	KEY("name", CONF_TEXT, AT(conf_holiday_set, name), .required = true),
	KEY("files", CONF_HOLIDAYS, AT(conf_holiday_set, files),
	    .required = true),
	END,
};

static const struct conf_table HOLIDAY_SET = { "holiday set",
	sizeof(struct conf_holiday_set), HOLIDAY_SET_KEYS };

/* Groups hold fields of struct conf itself. */
static const struct conf_table CALENDAR = { "calendar", 0, CALENDAR_KEYS };
static const struct conf_table MAIL = { "mail", 0, MAIL_KEYS };
static const struct conf_table ACCESS = { "access", 0, ACCESS_KEYS };
static const struct conf_table WORDS = { "words", 0, WORDS_KEYS };

/* The objects that are there when the file has none of their kind, each as
 * lines "key=value"; a new one begins at "name=". */
#define DEFAULT_SCHEDULES                                            \
	"name=inspection\n"                                          \
	"kinds=recommendation|afi|concern\n"                         \
	"no_snooze=true\n"                                           \
	"remind=28 days before|14 days before|5 working days before" \
	"|on the day|every 5 working days after\n"                   \
	"escalate=5 working days before>chair|1 day after>chair\n"   \
	"name=everything else\n"                                     \
	"remind=at assignment|14 days before|3 working days before"  \
	"|on the day|1 day after|every 7 days after|at review"       \
	"|13 working days before meeting\n"                          \
	"most=8\n"                                                   \
	"escalate=14 days after>sponsor|28 days after>chair|2 slips>chair\n"

#define DEFAULT_DIGESTS                        \
	"name=chair-weekly\n"                  \
	"to=chair\n"                           \
	"when=every Monday\n"                  \
	"name=agenda-pack\n"                   \
	"to=chair|secretary\n"                 \
	"when=8 working days before meeting\n" \
	"sections=public\n"                    \
	"attach=csv|html\n"

static const struct conf_key ROOT_KEYS[] = {
	KEY("organisation", CONF_TEXT, AT(conf, organisation),
	    .required = true),
	KEY("timezone", CONF_TEXT, AT(conf, timezone), .required = true),
	KEY("register", CONF_PATH, AT(conf, register_path), .required = true),
	KEY("socket", CONF_PATH, AT(conf, socket)), /* conf_finish */
	KEY("brake", CONF_NUMBER, AT(conf, brake), .fallback = "200",
	    .max = 1000000),
	KEY("meeting_grace", CONF_WORKDAYS, AT(conf, meeting_grace),
	    .fallback = "10 working days", .max = 250),
	KEY("heartbeat", CONF_SECONDS, AT(conf, heartbeat_s),
	    .fallback = "10 s", .min = SECOND, .max = 30 * SECOND),
	KEY("kinds", CONF_TEXTS, AT(conf, kinds)),
	KEY("templates", CONF_PATH, AT(conf, templates)),
	KEY("calendar", CONF_GROUP, 0, .table = &CALENDAR),
	KEY("mail", CONF_GROUP, 0, .table = &MAIL, .required = true),
	KEY("access", CONF_GROUP, 0, .table = &ACCESS),
	KEY("words", CONF_GROUP, 0, .table = &WORDS),
	KEY("webhooks", CONF_OBJECTS, AT(conf, webhooks), .table = &WEBHOOK),
	KEY("schedules", CONF_OBJECTS, AT(conf, schedules),
	    .fallback = DEFAULT_SCHEDULES, .table = &SCHEDULE),
	KEY("digests", CONF_OBJECTS, AT(conf, digests),
	    .fallback = DEFAULT_DIGESTS, .table = &DIGEST),
	KEY("clocks", CONF_OBJECTS, AT(conf, clocks), .table = &CLOCK),
	KEY("holiday_sets", CONF_OBJECTS, AT(conf, holiday_sets),
	    .table = &HOLIDAY_SET),
	END,
};

const struct conf_table conf_root = { "file", sizeof(struct conf), ROOT_KEYS };
