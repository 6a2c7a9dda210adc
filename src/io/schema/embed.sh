#!/bin/sh
# SPDX-License-Identifier: ISC
# Writes the migrations (NNN.sql beside this script, in order) as C strings to
# standard output; the build makes build/embed/schema.c of them.
set -eu
cd "$(dirname "$0")"
echo '/* Made from src/io/schema by embed.sh; not for editing. */'
echo '#include "io/schema.h"'
echo
echo 'const char *const schema_migrations[] = {'
for file in [0-9][0-9][0-9].sql; do
	awk '{
		sub(/--.*/, ""); sub(/^[ \t]+/, ""); sub(/[ \t]+$/, "")
		if ($0 == "")
			next
		gsub(/\\/, "\\\\"); gsub(/"/, "\\\"")
		printf "\t\"%s\\n\"\n", $0
	}
	END { print "\t," }' "$file"
done
echo '	0'
echo '};'
