#!/bin/sh
# SPDX-License-Identifier: ISC
# A board's register from its minutes to delivered mails, in a folder of its
# own, with dates counted from today.  Usage: run.sh BUILD_FOLDER
set -eu
build=$1
here=$(dirname "$0")
work=$(mktemp -d /tmp/nudged-demo.XXXXXX)
pid=
stop() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || :
	[ -z "$pid" ] || wait "$pid" 2>/dev/null || :
	pid=
}
trap stop EXIT INT TERM

# @-21@ an ISO day, @L-21@ "3 May 2026", @W-21@ with the weekday, @S-21@
# 03/05/2026; counted from today.
fill() {
	script=
	for mark in $(grep -o '@[LWS]*[-+]*[0-9]*@' "$1" | sort -u); do
		days=$(printf '%s' "$mark" | tr -d '@LWS')
		case $mark in
		@L*) format='%-d %B %Y' ;;
		@W*) format='%A %-d %B %Y' ;;
		@S*) format='%d/%m/%Y' ;;
		*) format='%Y-%m-%d' ;;
		esac
		script="$script;s|$mark|$(date -d "today $days days" "+$format")|g"
	done
	name=${1##*/}
	sed "${script#;}" "$1" > "$work/${name%.in}"
}
for file in "$here"/*.in; do fill "$file"; done
cp "$here/parties.csv" "$work"

cat > "$work/nudged.conf" <<EOF
# A demonstration: every day is a working day and mail goes out at midnight,
# so that today's reminders are due at once.
organisation = "Office of the Police and Crime Commissioner for Exampleshire";
timezone     = "Europe/London";
register     = "$work/register.db";
heartbeat    = "1 s";
calendar     = {
  working_days  = [ "mon", "tue", "wed", "thu", "fri", "sat", "sun" ];
  holidays      = [ ];
  sending_hours = "00:00-24:00";
};
mail = {
  url  = "maildir://$work/mail";
  from = "Action tracker <actions@opcc.example.org>";
  reply_to = "priya.nair@opcc.example.org";
};
schedules = (
  { name = "everything"; at = "00:00";
    remind = [ "at assignment", "14 days before", "3 working days before",
               "on the day", "1 day after", "every 7 days after", "at review" ];
    escalate = ( { when = "14 days after"; to = "sponsor"; },
                 { when = "28 days after"; to = "chair"; } ); }
);
digests = (
  { name = "chair"; to = "chair"; when = "every $(date +%A)"; at = "00:00"; }
);
EOF

ctl() { "$build/nudgectl" -c "$work/nudged.conf" "$@"; }
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() { say "\$ nudgectl $*"; ctl "$@"; }

# As if it had all been taken in yesterday at noon: what falls due today is
# then news, and what fell due before stays quiet.
yesterday=$(date -d yesterday +%Y-%m-%dT12:00)
say 'A new register, its people and its meetings'
ctl --now "$yesterday" init
for what in parties meetings reports; do
	ctl --now "$yesterday" import "$what" "$work/$what.csv"
done
ctl --now "$yesterday" series set WT --chair 'Margaret Okafor' \
    --secretary 'Priya Nair'
ctl --now "$yesterday" series set SP --chair 'Margaret Okafor' \
    --secretary 'Priya Nair'
ctl --now "$yesterday" import entries "$work/entries.csv"
for paper in working-together.txt scrutiny.txt; do
	case $paper in working*) code=WT ;; *) code=SP ;; esac
	say "\$ nudgectl minutes $paper --series $code"
	COLUMNS=80 ctl --now "$yesterday" minutes "$work/$paper" --series $code
	say "\$ nudgectl minutes $paper --series $code --accept"
	ctl --now "$yesterday" minutes "$work/$paper" --series $code --accept
done
show list

say 'Nothing is sent before somebody has looked (nudgectl plan) and said so'
ctl release

say 'nudged runs; the mails as they land:'
"$build/nudged" -c "$work/nudged.conf" --foreground 2> "$work/nudged.log" &
pid=$!
# The digest goes last: when it has landed and nothing came for two seconds,
# that was all.
seen=0 quiet=0 waited=0 digest=
while [ $waited -lt 300 ]; do
	for mail in "$work"/mail/new/*; do
		[ -f "$mail" ] || continue
		mv "$mail" "$work/mail/cur/"
		mail=$work/mail/cur/${mail##*/}
		if grep -q '^Precedence: bulk' "$mail"; then
			digest="$digest $mail"
		else
			printf '\n----------------------------------------\n'
			"$here/show-mail" "$mail"
		fi
		seen=$((seen + 1)) quiet=0
	done
	quiet=$((quiet + 1)) waited=$((waited + 1))
	[ -n "$digest" ] && [ $quiet -gt 10 ] && break
	kill -0 "$pid" 2>/dev/null || { cat "$work/nudged.log"; exit 1; }
	sleep 0.2
done
[ $seen -gt 0 ] && [ -n "$digest" ] || {
	echo 'demo: no mail came' >&2
	cat "$work/nudged.log" >&2
	exit 1
}
say "The chair's digest:"
for mail in $digest; do
	printf '\n----------------------------------------\n'
	"$here/show-mail" "$mail"
done
stop
show notices
cat <<EOF

That was $seen mails; all of it is in $work. Try next:
  N="$build/nudgectl -c $work/nudged.conf"
  \$N list --overdue
  \$N why WT-1
  \$N done WT-1 --evidence "sent on Monday"
  \$N plan --to $(date -d '+60 days' +%Y-%m-%d)
  \$N when "within two months of publication" --base 2026-03-31
  \$N help
EOF
