#!/bin/sh
# SPDX-License-Identifier: ISC
# The speeds of a build, in one run on one machine: import, the idle daemon,
# heartbeats, planning, mail beside smtp-source on the same sink, digests.
# Judges nothing. Loopback only; ends only what it started.
#
# run.sh BUILD_DIR; from the environment:
#   ENTRIES  in the register (100000)    LIVE  imported into the daemon (50000)
#   MAILS    of each repetition (20000)  DUE   entries due at once (50000)
#   REPEAT   repetitions (3)             SIZE  bytes of smtp-source's mails
#   BOARD  entries of one series, for its digest (20000)
#   EVENTS  of other series since the digest before (1000000)
#   BENCH_DIR  where the register lies (a new folder in /var/tmp)
set -eu
export LC_ALL=C TZ=UTC
PATH=$PATH:/usr/sbin:/sbin
B=$1
here=$(cd "$(dirname "$0")" && pwd)
ENTRIES=${ENTRIES:-100000} LIVE=${LIVE:-50000} MAILS=${MAILS:-20000}
BOARD=${BOARD:-20000} EVENTS=${EVENTS:-1000000}
DUE=${DUE:-50000} REPEAT=${REPEAT:-3} SIZE=${SIZE:-2048} PORT=${PORT:-2625}
HOOK_PORT=${HOOK_PORT:-2680}
LINES_OPEN=16
OWNERS=2000

D=${BENCH_DIR:-$(mktemp -d /var/tmp/nudged-bench.XXXXXX)}
mkdir -p "$D"
daemon='' sink='' hook=''
cleanup() {
	trap - EXIT INT TERM
	for pid in $daemon $sink $hook; do kill "$pid" 2>/dev/null || :; done
	wait
	[ -n "${BENCH_DIR:-}" ] || rm -rf "$D"
}
trap cleanup EXIT INT TERM

say() { printf '%s\n' "$*" >&2; }
row() { printf '%-44s %14s  %s\n' "$1" "$2" "${3:-}"; }
clock() { date +%s.%N; }
calc() { awk "BEGIN { printf \"${2:-%.0f}\", $1 }"; }
median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ctl() { "$B/nudgectl" -c "$D/nudged.conf" "$@"; }
day() { date -d "$1" +%F; }

config() { # config CHANNEL REGISTER [DIGESTS_WHEN]
	cat >"$D/nudged.conf" <<END
organisation = "Exampleshire Board";
timezone = "Europe/London";
register = "$D/$2";
socket = "$D/control.sock";
heartbeat = "5 s";
brake = 1;
calendar = { working_days = [ "mon", "tue", "wed", "thu", "fri", "sat", "sun" ];
  sending_hours = "00:00-24:00"; holidays = []; };
mail = { url = "smtp://127.0.0.1:$PORT"; connections = $LINES_OPEN;
  from = "Action tracker <actions@example.org>"; };
schedules = ( { name = "all"; remind = [ "on the day" ]; at = "00:00";
  group = "none"; channels = [ "$1" ]; } );
webhooks = ( { name = "hook"; url = "http://127.0.0.1:$HOOK_PORT/x";
  format = "json"; allow_private = true; reuse = true;
  connections = $LINES_OPEN; } );
digests = ( { name = "digest"; when = "${3:-every Monday}"; to = "chair";
  at = "00:00"; attach = [ "csv", "html", "md" ]; } );
END
}

# ---- what is imported ----

parties() {
	awk -v n=$((OWNERS + MAILS)) 'BEGIN {
		print "kind,name,email"
		for (i = 0; i < n; i++)
			printf "person,Person Number%d,person%d@example.org\n", i, i
	}'
}
meetings() {
	awk 'BEGIN {
		print "series,title,held_on"
		split("A B C D E F G H I J K L M", set, " ")
		for (s = 1; s in set; s++)
			for (i = 0; i < 50; i++)
				printf "%s%d,Series %s%d,2020-01-01\n",
				    set[s], i, set[s], i
	}'
}
# entries COUNT SET FIRST_OWNER OWNERS FIRST_DUE DAYS: twenty of each meeting,
# as minutes come.
entries() {
	awk -v n="$1" -v set="$2" -v first="$3" -v owners="$4" \
	    -v due="$(date -d "$5" +%s)" -v days="$6" 'BEGIN {
		print "kind,text,owners,series,held_on,item,due_on,state"
		for (i = 0; i < n; i++) {
			m = int(i / 20)
			printf "action,\"the head of service would report " \
			    "on point %d of the plan, with the figures of " \
			    "the last two quarters beside it\",Person " \
			    "Number%d,%s%d,%s,%d,%s,open\n", i,
			    first + (i * 7919) % owners, set, m % 50,
			    strftime("%Y-%m-%d",
				1577880000 + int(m / 50) * 86400), i % 20 + 1,
			    strftime("%Y-%m-%d",
				due + 43200 + ((i * 104729) % days) * 86400)
		}
	}'
}
# Known since yesterday, so that what is due today is due today. The set of
# series keeps them apart from entries of another call that look alike.
import_due() {
	entries "$1" "$2" $OWNERS "$MAILS" "$(day today)" 1 >"$D/due.csv"
	ctl --now "$(day yesterday)T12:00" import entries "$D/due.csv" >/dev/null
}

# ---- the daemon ----

status() { ctl --json status 2>/dev/null | tr -d ' \n'; }
field() { printf '%s' "$state" | sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^,}\"]*\\).*/\\1/p"; }
start() {
	"$B/nudged" -c "$D/nudged.conf" --foreground 2>>"$D/log" &
	daemon=$!
	while state=$(status) && [ "$(field running)" != true ]; do
		kill -0 "$daemon" || { cat "$D/log" >&2; exit 1; }
		sleep 0.05
	done
}
stop() {
	kill "$daemon"
	wait "$daemon" || :
	daemon=''
}
wait_beat() { # a heartbeat that is not the one of $1
	while state=$(status) && { [ "$(field last_beat_at)" = null ] ||
	    [ "$(field last_beat_at)" = "${1:-}" ]; }; do sleep 0.1; done
}
cpu_ticks() {
	read -r stat <"/proc/$daemon/stat"
	# shellcheck disable=SC2086
	set -- $stat
	ticks_now=$((${14} + ${15}))
}
# Until everything has gone; `ended` is when the daemon last used its CPU. It is
# asked only then: an answer takes time from what is measured.
wait_sent() {
	ended=$(clock) ticks_now=0 still=0
	while :; do
		was=$ticks_now
		cpu_ticks
		if [ "$ticks_now" != "$was" ]; then
			ended=$(clock) still=0
		elif [ $((still += 1)) -ge 6 ]; then
			state=$(status) still=0
			case $state in
			*'"planned":0,"ready":0,"attempting":0,"committing":0,'*)
				break ;;
			esac
		fi
		sleep 0.03
	done
}
resident() { awk -v k="$1" '$1 == k ":" { printf "%.0f", $2 / 1024 }' "/proc/$daemon/status"; }

# ---- machine ----

sync_ms() {
	dd if=/dev/zero of="$D/sync" bs=64k count=1 2>/dev/null
	from=$(clock)
	dd if=/dev/zero of="$D/sync" bs=64k count=100 oflag=dsync conv=notrunc \
	    2>/dev/null
	calc "($(clock) - $from) * 10" %.2f
	rm -f "$D/sync"
}
printf 'nudged: speeds on %s CPUs (%s), Linux %s, load %s\n' "$(nproc)" \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
    "$(uname -r)" "$(cut -d ' ' -f 1 /proc/loadavg)"
row 'disk: one synchronous write of 64 KB' "$(sync_ms) ms"

# ---- import ----

say "importing $ENTRIES entries"
parties >"$D/parties.csv"
meetings >"$D/meetings.csv"
entries "$ENTRIES" A 0 $OWNERS "$(day '2 days')" 600 >"$D/entries.csv"
fresh() { # like config; with people and series, no entries
	before=$(day '3 days ago')T12:00
	config "$@"
	ctl --now "$before" init >/dev/null
	ctl --now "$before" import parties "$D/parties.csv" >/dev/null
	ctl --now "$before" import meetings "$D/meetings.csv" >/dev/null
	ctl --now "$before" release >/dev/null
}
fresh mail register.db
from=$(clock)
ctl --now "$before" import entries "$D/entries.csv" >/dev/null
to=$(clock)
rate=$(calc "$ENTRIES / ($to - $from)")
row "import of $ENTRIES entries, nudgectl alone" "$rate rows/s" \
    "$(calc "$to - $from" %.1f) s"
size=$(stat -c %s "$D/register.db")
row 'register' "$(calc "$size / 1e6" %.1f) MB" \
    "$(calc "$size / $ENTRIES") bytes an entry"

# ---- the idle daemon ----

say 'first planning, then idle'
start
from=$(clock)
wait_beat
row "planning all of them once" \
    "$(calc "$ENTRIES / ($(clock) - $from)") entries/s"
wait_beat "$(field last_beat_at)"
wait_beat "$(field last_beat_at)"
row 'heartbeat, nothing due' "$(field beat_ms) ms"
row 'resident, idle daemon' "$(resident VmRSS) MB" \
    "$(resident RssAnon) MB of its own"
cpu_ticks
ticks=$ticks_now
sleep 10
cpu_ticks
row 'CPU of the idle daemon in 10 s' \
    "$(calc "($ticks_now - $ticks) * 10") ms"
stop

import_due 1000 B
start
wait_beat
row 'heartbeat, 1000 due' "$(field beat_ms) ms" 'planned and grouped'
stop

# ---- mail ----

user=''
[ "$(id -u)" != 0 ] || user='-u nobody'
# shellcheck disable=SC2086
smtp-sink $user "127.0.0.1:$PORT" 512 >/dev/null 2>&1 &
sink=$!
cc -O2 -std=gnu11 -D_GNU_SOURCE -I"$here/../../src" -o "$D/smtp_blast" \
    "$here/smtp_blast.c" "$B/libio.a" "$B/libcore.a" -lev -lcurl -lsqlite3 \
    -lconfig -ljansson -lical -lcrypto
cc -O2 -std=gnu11 -D_GNU_SOURCE -I"$here/../../src" -o "$D/http_sink" \
    "$here/http_sink.c" "$B/libcore.a" -lev
"$D/http_sink" "$HOOK_PORT" &
hook=$!
source_rate() {
	from=$(clock)
	smtp-source "$@" -s $LINES_OPEN -m "$MAILS" -l "$SIZE" \
	    -f source@example.org -t sink@example.org "127.0.0.1:$PORT"
	calc "$MAILS / ($(clock) - $from)"
}
drained() { # sends what the brake holds; took: seconds, cpu_us: of a notice
	while state=$(status) && [ "$(field gate)" = null ]; do sleep 0.1; done
	cpu_ticks
	ticks=$ticks_now
	from=$(clock)
	ctl release >/dev/null
	wait_sent
	took=$(calc "$ended - $from" %.3f)
	cpu_us=$(calc "($ticks_now - $ticks) * 1e4 / $MAILS")
}
start
drained
stop
say "mail: $REPEAT times $MAILS"
i=0
for set in D E F G H; do
	[ "$i" -lt "$REPEAT" ] || break
	i=$((i + 1))
	import_due "$MAILS" $set
	start
	drained
	calc "$MAILS / $took" '%.0f\n' >>"$D/ours"
	echo "$cpu_us" >>"$D/cpu"
	stop
	source_rate -d >>"$D/source_d"
	echo >>"$D/source_d"
	source_rate >>"$D/source"
	echo >>"$D/source"
	"$D/smtp_blast" "smtp://127.0.0.1:$PORT" "$MAILS" $LINES_OPEN "$SIZE" |
	    sed 's/.*, \([0-9]*\) a second/\1/' >>"$D/blast"
	say "  $(tail -n 1 "$D/ours") a second; smtp-source -d" \
	    "$(tail -n 1 "$D/source_d"), reconnecting $(tail -n 1 "$D/source")"
done
ours=$(median "$D/ours") keep=$(median "$D/source_d")
again=$(median "$D/source") blast=$(median "$D/blast")
row "mail, full ledger, $LINES_OPEN connections" "$ours a second" \
    "CPU $(median "$D/cpu") us a mail"
row "smtp-source -d -s $LINES_OPEN (keeps connections)" "$keep a second" \
    "ratio $(calc "$ours / $keep" %.2f)"
row "smtp-source -s $LINES_OPEN (reconnects)" "$again a second" \
    "ratio $(calc "$ours / $again" %.2f)"
row 'our dialogue alone, no ledger' "$blast a second" \
    "ratio to smtp-source -d $(calc "$blast / $keep" %.2f)"

# ---- much at once ----

say "$DUE due at once"
import_due "$DUE" I
start
from=$(clock)
while state=$(status) && [ "$(field gate)" = null ]; do sleep 0.1; done
took=$(calc "$(clock) - $from" %.3f)
row "planning and grouping $DUE due" "$(calc "$DUE / $took") entries/s" \
    "$(calc "$took" %.1f) s in all"
drained
row "mail of these $DUE" "$(calc "$DUE / $took") a second"
row 'longest turn of the loop meanwhile' "$(field stall_ms_max) ms" \
    "disk $(field disk_ms_max) ms"
stop

say "importing $LIVE entries through the daemon"
entries "$LIVE" J 0 $OWNERS "$(day '2 days')" 600 >"$D/live.csv"
start
wait_beat
from=$(clock)
ctl import entries "$D/live.csv" >/dev/null
row "import of $LIVE entries through the daemon" \
    "$(calc "$LIVE / ($(clock) - $from)") rows/s"
state=$(status)
row 'longest turn of the loop meanwhile' "$(field stall_ms_max) ms" \
    "disk $(field disk_ms_max) ms"
stop

# ---- plan ----

say 'plan'
from=$(clock)
found=$(ctl --json plan --from "$(day today)" --to "$(day '30 days')" |
    grep -c '"channel"' || :)
took=$(calc "$(clock) - $from" %.3f)
row 'plan of 30 days' "$(calc "$took" %.1f) s" "$found notices"

# ---- webhooks, in a register of their own ----

say "webhooks: $MAILS"
fresh hook hooks.db
import_due "$MAILS" A
start
drained
row "webhooks, full ledger, $LINES_OPEN connections" \
    "$(calc "$MAILS / $took") a second" \
    "CPU $cpu_us us a POST"
stop
# ---- digests, likewise ----

# The digest of BOARD entries of one series, overdue and not, after EVENTS
# events of entries of another since the one before; then of 50 series at once.
digests() { # digests SERIES...: the longest turn while those of all fall due
	yesterday=$(day yesterday)
	for code; do
		echo "INSERT INTO meta VALUES ('digest/digest/$code', '$yesterday" \
		    "$(date -d "$yesterday" +%s)');"
	done | sqlite3 "$D/digests.db"
	ctl digest digest --series "$1" >/dev/null
	from=$(clock)
	ctl digest digest --series "$1" >/dev/null
	took=$(calc "($(clock) - $from) * 1000")
	start
	wait_beat
	ctl release >/dev/null
	while sqlite3 "$D/digests.db" 'SELECT count(*) FROM notice JOIN notice_head ON notice_id = id
	    WHERE digest IS NOT NULL AND sent_at IS NOT NULL' |
	    awk -v n=$# '{ exit $1 >= n }'; do sleep 0.2; done
	state=$(status)
	stop
}
say "digests: $BOARD entries, $EVENTS events"
fresh mail digests.db FREQ=DAILY
ctl --now "$before" series set K0 --chair 'Person Number0' >/dev/null
entries "$BOARD" K 0 $OWNERS "$(day '60 days ago')" 200 |
    sed 's/,K[0-9]*,/,K0,/' >"$D/board.csv"
ctl --now "$before" import entries "$D/board.csv" >/dev/null
entries 1000 L 0 $OWNERS "$(day '60 days')" 1 >"$D/other.csv"
ctl --now "$before" import entries "$D/other.csv" >/dev/null
sqlite3 "$D/digests.db" "INSERT INTO event (at, actor, done_on, subject,
    subject_id, what, old, new) SELECT strftime('%s') - 1, 'bench', date(),
    'entry', id, 'state', 'open', 'closed' FROM generate_series(1,
    $EVENTS / 1000), entry WHERE ref LIKE 'L%'"
digests K0
row "nudgectl digest, $BOARD entries of a series" "$took ms"
row 'longest turn of the loop as it falls due' "$(field stall_ms_max) ms" \
    "$EVENTS events of others since; disk $(field disk_ms_max) ms"
rm -f "$D"/digests.db*
fresh mail digests.db FREQ=DAILY
all=''
for i in $(seq 0 49); do
	all="$all M$i"
	ctl --now "$before" series set "M$i" --chair "Person Number$i" >/dev/null
done
entries $((10 * BOARD)) M 0 $OWNERS "$(day '60 days ago')" 200 >"$D/boards.csv"
ctl --now "$before" import entries "$D/boards.csv" >/dev/null
# shellcheck disable=SC2086
digests $all
row "longest turn, 50 digests of $((BOARD / 5)) entries" \
    "$(field stall_ms_max) ms" "disk $(field disk_ms_max) ms"

row 'disk, once more' "$(sync_ms) ms" "load $(cut -d ' ' -f 1 /proc/loadavg)"
