# SPDX-License-Identifier: ISC
# nudged: build, try, test and install. Start with `make demo` or `make test`;
# both install what they need on Debian or Ubuntu.

PREFIX     ?= /usr
SYSCONFDIR ?= /etc
UNITDIR    ?= /lib/systemd/system
DESTDIR    ?=
CC         ?= cc
PYTHON     ?= /usr/bin/python3
CLANG_FORMAT ?= clang-format

# The table of contents: every module, by layer.
CORE = err buf vec date calendar clock words words_lex model conf rules plan \
	lifecycle digest retry text template mime letter hook csv minutes proto
IO = clock log file conffile holidays notify db register parties meetings \
	entries imports store transfer smtp webhook maildir
DESK = desk
DAEMON = main
CTL = main
