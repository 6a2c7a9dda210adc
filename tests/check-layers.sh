#!/bin/sh
# SPDX-License-Identifier: ISC
# The layers hold: includes point down only, each library has its few rooms,
# and core needs nothing of the outside world (an allowlist of what it may
# call); and the Makefile's table of contents is whole.
# Usage: check-layers.sh build/libcore.a MODULE.c...
set -u
archive=$1
shift
rc=0
complain() {
	echo "check-layers: $1" >&2
	rc=1
}

# Includes: LAYER may include from the layers named.
look() {
	layer=$1 allowed=$2
	for file in src/"$layer"/*.[ch]; do
		grep -Hn '^#include "' "$file" |
		    grep -vE "#include \"($allowed)/" | sed 's/^/  /'
	done
}
for rule in 'core core' 'io core|io' 'desk core|io|desk' \
    'daemon core|io|desk|daemon' 'ctl core|io|desk|ctl'; do
	found=$(look "${rule%% *}" "${rule#* }")
	[ -z "$found" ] || complain "includes pointing up:
$found"
done

# Every module is listed, once.
unlisted=$(ls src/*/*.c | grep -vxF "$(printf '%s\n' "$@")")
[ -z "$unlisted" ] || complain "not in the Makefile's lists: $unlisted"
twice=$(printf '%s\n' "$@" | sort | uniq -d)
[ -z "$twice" ] || complain "listed twice: $twice"

# Libraries in their rooms.
room() {
	pattern=$1 rooms=$2
	found=$(grep -lE "$pattern" src/*/*.[ch] | grep -vE "$rooms")
	[ -z "$found" ] || complain "$pattern outside of $rooms: $found"
}
room '\bsqlite3_|<sqlite3\.h>' 'src/io/db(_[a-z]+)?\.c'
room '"io/db_(handle|file)\.h"' 'src/io/db(_[a-z]+)?\.c'
room '\bev_[a-z]+|<ev\.h>' 'src/daemon/|src/io/(transfer|smtp[a-z_]*|webhook)\.[ch]'
room '\bcurl_|<curl/' 'src/io/(transfer|smtp[a-z_]*|webhook)\.[ch]|src/daemon/main\.c'
room '<libconfig\.h>|\bconfig_(init|read|lookup)' 'src/io/conffile\.c'
room '\b(SELECT|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM)\b' 'src/io/'

# What core calls: libc's pure functions, libical's recurrences, HMAC and
# JSON building. Everything else (time, open, getenv, printf ...) is refused.
allowed='^(mem(cpy|move|set|cmp|chr|rchr|mem)|str[a-z]*|__str[a-z]*|toupper|tolower'
allowed="$allowed"'|is[a-z]+|__ctype_[a-z_]+|malloc|calloc|realloc|free|abort'
allowed="$allowed"'|v?snprintf|qsort|bsearch|abs|labs|__(mem|str|stp)[a-z]+_chk'
allowed="$allowed"'|__v?snprintf_chk|__stack_chk_fail|__assert_fail|__errno_location'
allowed="$allowed"'|icalrecur[a-z_]*|icaltime_[a-z_]*|icalerror_[a-z_]*|ical_[a-z_]*'
allowed="$allowed"'|EVP_[A-Za-z0-9_]+|HMAC|OPENSSL_cleanse|CRYPTO_memcmp|explicit_bzero'
allowed="$allowed"'|json_[a-z_]+|_GLOBAL_OFFSET_TABLE_|__asan_.*|__ubsan_.*|__sanitizer_.*'
allowed="$allowed"'|template_[a-z_]+_(txt|md)|floor|ceil|sqrt|stpcpy|jsonp_.*|__isoc99_sscanf|icalmemory_[a-z_]+|inet_(aton|pton))$'
if [ -f "$archive" ]; then
	nm --defined-only "$archive" | awk 'NF == 3 { print $3 }' | sort -u \
	    > "$archive.defined"
	bad=$(nm -u "$archive" | awk '$1 == "U" { print $2 }' | sort -u |
	    comm -23 - "$archive.defined" | grep -vE "$allowed")
	[ -z "$bad" ] || complain "core calls: $(echo $bad)"
else
	complain "build first: $archive is not there"
fi
[ $rc -eq 0 ] && echo 'layers hold'
exit $rc
