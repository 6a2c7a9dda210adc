#!/bin/sh
# SPDX-License-Identifier: ISC
# A board's register from its minutes to delivered mails, in a folder of its
# own, with dates counted from today.  Usage: run.sh BUILD_FOLDER
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/nudged-demo.XXXXXX")
# The board's days, wherever this machine is.
export TZ=Europe/London
pid=
stop() {
	[ -z "$pid" ] || kill "$pid" 2>/dev/null || :
	[ -z "$pid" ] || wait "$pid" 2>/dev/null || :
	pid=
}
trap stop EXIT
trap 'exit 130' INT TERM

# The day so many days from today; one of a meeting (m) is moved off the weekend,
# away from today.
day() {
	days=$1
	case $2$(date -d "today $days days" +%u)$days in
	m6-*) days=$((days - 1)) ;;
	m7-*) days=$((days - 2)) ;;
	m6*) days=$((days + 2)) ;;
	m7*) days=$((days + 1)) ;;
	esac
	date -d "today $days days" +%Y-%m-%d
}

# @-21@ an ISO day, @L-21@ "3 May 2026", @W-21@ with its weekday, @S-21@
# 03/05/2026; with m before, a day of meeting.
fill() {
	script=
	for mark in $(grep -o '@m*[LWS]*[-+]*[0-9]*@' "$1" | sort -u); do
		bare=${mark#@} meets=
		bare=${bare%@}
		case $bare in m*) meets=m bare=${bare#m} ;; esac
		case $bare in
		L*) format='%-d %B %Y' ;;
		W*) format='%A %-d %B %Y' ;;
		S*) format='%d/%m/%Y' ;;
		*) format='%Y-%m-%d' ;;
		esac
		on=$(day "${bare#[LWS]}" "$meets")
		script="$script;s|$mark|$(date -d "$on" "+$format")|g"
	done
	name=${1##*/}
	sed "${script#;}" "$1" > "$work/${name%.in}"
}
for file in "$here"/*.in; do fill "$file"; done
cp "$here/parties.csv" "$work"

cat > "$work/nudged.conf" <<END
# A demonstration: every day is a working day and mail goes out at midnight,
# so that today's reminders are due at once.
organisation = "Office of the Police and Crime Commissioner for Exampleshire";
timezone     = "Europe/London";
register     = "register.db";
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
  { name = "chair"; to = "chair"; when = "every $(LC_ALL=C date +%A)"; at = "00:00"; }
);
END

cd "$work"
bold=$(printf '\033[1m') plain=$(printf '\033[0m')
[ -t 1 ] || bold='' plain=''
ctl() { "$build/nudgectl" -c nudged.conf "$@"; }
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
# A command as typed and what it says. It draws tables for a terminal only:
# where there is none, script makes one.
# As if it had all been taken in yesterday at noon: what falls due today is
# then news, and what fell due before stays quiet.
yesterday=$(date -d yesterday +%Y-%m-%dT12:00)
show() {
	printf '%s$ nudgectl %s%s\n' "$bold" "$*" "$plain"
	if [ -t 1 ] || ! command -v script >/dev/null; then
		ctl --now "$yesterday" "$@"
	else
		printf 'stty cols 80; exec "%s/nudgectl" -c nudged.conf --now %s' \
		    "$build" "$yesterday" > line
		printf ' "%s"' "$@" >> line
		script -qec 'sh line' /dev/null </dev/null | tr -d '\r'
	fi
}
rule='------------------------------------------------------------------------'

say '1. A new register takes in people, meetings, an inspection and old entries'
ctl --now "$yesterday" init >/dev/null
for what in parties meetings reports; do show import $what $what.csv; done
for code in WT SP; do
	ctl --now "$yesterday" series set $code --chair 'Margaret Okafor' \
	    --secretary 'Priya Nair' >/dev/null
done
show import entries entries.csv

say '2. Minutes come in; what is unclear is pointed at, not guessed'
printf '%s$ grep Action working-together.txt%s\n' "$bold" "$plain"
grep Action working-together.txt
show minutes working-together.txt
echo
show minutes working-together.txt --accept >/dev/null
show minutes scrutiny.txt --accept

say '3. The register'
show list

say '4. Nothing is sent before somebody has looked (nudgectl plan) and says so'
show release

say '5. nudged runs; its mails as they land'
"$build/nudged" -c nudged.conf --foreground 2> nudged.log &
pid=$!
# Digests are kept for the end: when they have landed and nothing came for two
# seconds, that was all.
seen=0 quiet=0 waited=0 digests=
while [ $waited -lt 300 ]; do
	for mail in mail/new/*; do
		[ -f "$mail" ] || continue
		mv "$mail" mail/cur/
		mail=mail/cur/${mail##*/}
		if grep -q '^Precedence: bulk' "$mail"; then
			digests="$digests $mail"
		else
			printf '\n%s\n' "$rule"
			"$here/show-mail" $([ $seen = 0 ] || echo --short) "$mail"
			seen=$((seen + 1))
		fi
		quiet=0
	done
	quiet=$((quiet + 1)) waited=$((waited + 1))
	[ -n "$digests" ] && [ $quiet -gt 10 ] && break
	kill -0 "$pid" 2>/dev/null || { cat nudged.log; exit 1; }
	sleep 0.2
done
if [ $seen = 0 ] || [ -z "$digests" ]; then
	echo 'demo: no mail came' >&2
	cat nudged.log >&2
	exit 1
fi

say "6. The chair's digests, one for each series"
for mail in $digests; do
	printf '\n%s\n' "$rule"
	"$here/show-mail" "$mail"
	seen=$((seen + 1))
done
stop
cat <<END
$bold
That was $seen mails from 2 papers; nothing has left this machine.$plain
All of it is in $work. Try next:

  cd $work; PATH=$build:\$PATH
  alias n='nudgectl -c nudged.conf'
  n list --overdue                     what is late
  n why WT-2                           where its date comes from, what comes next
  n done WT-2 --evidence "sent today"  no more mails to its owner
  n plan --to $(date -d '+60 days' +%Y-%m-%d)               every mail that will go
  n when "within two months of publication" --base 2026-03-31
  n help

and make test, make install; the manual is man/nudgectl.1, the sample
configuration etc/nudged.conf.
END
