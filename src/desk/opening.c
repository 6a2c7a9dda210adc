/* SPDX-License-Identifier: ISC */
/* Working days and sending hours in words; see the header. */
#include "desk/opening.h"

#include "core/buf.h"
#include "core/plan.h"

int64_t
opening_at(const struct conf *conf, int64_t wanted, char **why)
{
	int64_t at = plan_send_at(&conf->calendar, &conf->zone,
	    conf->sending_from, conf->sending_until, wanted);
	int day = zone_day(&conf->zone, wanted, NULL);
	char text[DAY_LONG_MAX];

	if (at == wanted)
		*why = NULL;
	else if (calendar_roll_forward(&conf->calendar, day) != day)
		*why = xasprintf(
		    "%s is no working day", day_long_weekday(day, text));
	else
		*why = xasprintf("sending hours are %02d:%02d to %02d:%02d",
		    conf->sending_from / 60, conf->sending_from % 60,
		    conf->sending_until / 60, conf->sending_until % 60);
	return at;
}

char *
opening_text(const struct conf *conf, int64_t at)
{
	char text[DAY_LONG_MAX];
	int minute, day = zone_day(&conf->zone, at, &minute);

	return xasprintf("%s, %02d:%02d", day_long_weekday(day, text),
	    minute / 60, minute % 60);
}
