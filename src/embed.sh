#!/bin/sh
# SPDX-License-Identifier: ISC
# Writes a C file with the text of each file given:
#   embed.sh PREFIX HEADER FILE...
# etc/holidays/scotland.ics becomes  const char holidays_scotland[] = "...";
# etc/templates/nudge.txt   becomes  const char template_nudge_txt[] = "...";
set -eu
prefix=$1 header=$2
shift 2
printf '#include "%s"\n' "$header"
for file in "$@"; do
	name=${file##*/}
	name=${name%.ics}
	name=$(printf '%s' "$name" | tr -c 'A-Za-z0-9' '_')
	printf '\nconst char %s_%s[] =\n' "$prefix" "$name"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/\r$/\\r/' \
	    -e 's/^/    "/' -e 's/$/\\n"/' "$file"
	printf '    ;\n'
done
