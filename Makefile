# SPDX-License-Identifier: ISC
# nudged: build, try, test and install. Start with `make demo` or `make test`;
# both install what they need on Debian or Ubuntu.

PREFIX       ?= /usr
# Another PREFIX has everything below it; give it to `make` too.
SYSCONFDIR   ?= $(if $(filter /usr /usr/local,$(PREFIX)),/etc,$(PREFIX)/etc)
UNITDIR      ?= $(PREFIX:/usr=)/lib/systemd/system
DESTDIR      ?=
CC           ?= cc
PYTHON       ?= /usr/bin/python3
CLANG_FORMAT ?= clang-format
SHARED       ?= ../shared

# Every module, by layer, in reading order: the table of contents.

# values, text and days
CORE := err buf vec text text_alike near
CORE += date calendar counting measures
# what the register holds, and which change of it is allowed
CORE += model lifecycle
# the configuration
CORE += conf conf_keys conf_value conf_default conf_text conf_check conf_remarks \
	rules
# deadlines from words
CORE += phrase words words_lex words_lexicon words_parse words_date \
	words_count words_units words_length words_part words_period words_span \
	words_place words_place_span words_place_event words_meeting \
	words_series words_holiday words_recur words_idiom words_mention \
	words_find
# minutes to drafts
CORE += csv csv_head said said_refs
CORE += minutes minutes_text minutes_clean minutes_wiki minutes_english \
	minutes_verbs
CORE += minutes_block minutes_blocks minutes_roll minutes_joins minutes_trails \
	minutes_marks minutes_sections minutes_labels minutes_columns
CORE += minutes_tables minutes_pipes minutes_ruled minutes_tabs \
	minutes_blanks minutes_stacked minutes_beside minutes_mail \
	minutes_named
CORE += minutes_heads minutes_held minutes_title minutes_series \
	minutes_dates minutes_next minutes_people minutes_person \
	minutes_people_line minutes_matrix minutes_names \
	minutes_ranks
CORE += minutes_walk minutes_lists minutes_actions minutes_fields \
	minutes_tails minutes_rows minutes_flat minutes_margins minutes_reports \
	minutes_agenda minutes_behind minutes_inside minutes_ends minutes_tabbed \
	minutes_slashed minutes_whose
CORE += minutes_robot minutes_talk
CORE += minutes_passing minutes_binding minutes_promises minutes_signed \
	minutes_resolved minutes_told
CORE += minutes_clauses minutes_owners minutes_lookup minutes_due \
	minutes_entries minutes_flags
# what falls due when, and what is told
CORE += plan plan_steps plan_firings plan_deliver plan_digest
CORE += letter letter_words letter_names letter_summary letter_draft
CORE += template mime mime_head ics hook
# delivery
CORE += retry rests pace net smtp_talk smtp_reply smtp_write
CORE += proto

# the machine
IO := clock log file holidays notify conffile conffile_socket
# the register and the ledger in it
IO += db db_handle db_file db_migrate db_stmt db_commit db_copy lock mark
IO += register parties parties_find parties_hold parties_leave parties_reach \
	meetings reports entries entries_ref entries_save entries_digest \
	slips imports
IO += store store_notices
# the channels
IO += transfer smtp smtp_connect webhook maildir

# the commands
DESK := desk args record look show strmap
DESK += entries add acts confirm deed extend dates duty held filter flags \
	draft people namesake meetings moved series reports papers planning \
	planning_why days plain ledger opening upkeep check
DESK += minutes minutes_meeting minutes_owners minutes_series minutes_match \
	minutes_show minutes_draft minutes_take minutes_said minutes_other \
	minutes_refs
DESK += import import_cells import_entries import_apply import_paper \
	import_row import_owners import_unknown import_match import_change \
	import_state import_parties import_party_row import_party_apply \
	import_meetings import_reports columns entry_cells
DESK += export export_lists pack
# one beat: plan, group, write, deliver
DESK += agent agent_setup agent_group agent_deliver agent_recheck agent_digest \
	forecast post post_hook post_trial request
DESK += digest digest_lines digest_needs digest_headline digest_attach

DAEMON := main loop reload status listen control control_own peer
DAEMON += courier courier_life courier_mail courier_hook courier_maildir channel
CTL := main options remote

EMBED  := schema holidays

# SAN=1 has AddressSanitizer and UBSan and a build folder of its own.
ifeq ($(SAN),1)
B        ?= build-san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
else
B        ?= build
endif

CFLAGS   ?= -O2 -g
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wformat=2 -Wvla
ifneq ($(WERROR),0)
WARN     += -Werror
endif
DATADIR  := $(PREFIX)/share/nudged
ALL_CFLAGS = -std=gnu11 $(WARN) $(CFLAGS) $(SANFLAGS) -D_GNU_SOURCE \
	-D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE \
	-DNUDGED_DATADIR='"$(DATADIR)"' -DNUDGED_SYSCONFDIR='"$(SYSCONFDIR)"' \
	-Isrc $(CPPFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(SANFLAGS) $(LDFLAGS)
LIBS     := -lev -lcurl -lsqlite3 -lconfig -ljansson -lical -lcrypto

.DELETE_ON_ERROR:
.PHONY: all deps demo test unit e2e bench check-layers format format-check lint \
	install uninstall clean fuzz

all: $(B)/nudged $(B)/nudgectl

# ---- what is needed, in one place ----

PKGS_BUILD := gcc libc6-dev libev-dev libcurl4-openssl-dev libsqlite3-dev \
	libconfig-dev libjansson-dev libical-dev libssl-dev tzdata
PKGS_TEST  := libcmocka-dev libgmime-3.0-dev pkg-config python3-pytest \
	python3-pytest-timeout python3-aiosmtpd python3-dateutil python3-icalendar \
	faketime postfix sasl2-bin libsasl2-modules openssl procps \
	sqlite3 strace

define install_packages
	@missing=; for p in $(1); do \
	dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' \
	|| missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	echo "installing:$$missing"; \
	sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; \
	command -v sudo >/dev/null || { echo 'that takes root or sudo' >&2; \
	exit 1; }; fi; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	--no-install-recommends $$missing >/dev/null; fi
endef

deps-build:
	$(call install_packages,$(PKGS_BUILD))
deps: deps-build
	$(call install_packages,$(PKGS_TEST))
.PHONY: deps-build

# V=1 shows the commands.
ifneq ($(V),1)
Q = @printf '  %s\n' $@;
MAKEFLAGS += --no-print-directory
endif

# A make within make takes all processors, unless the caller said how many.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc))

# ---- building ----

core_objs   := $(CORE:%=$(B)/core/%.o) $(B)/embed/templates.o
io_objs     := $(IO:%=$(B)/io/%.o) $(EMBED:%=$(B)/embed/%.o)
desk_objs   := $(DESK:%=$(B)/desk/%.o)
daemon_objs := $(DAEMON:%=$(B)/daemon/%.o)
ctl_objs    := $(CTL:%=$(B)/ctl/%.o)

$(B)/libcore.a: $(core_objs)
$(B)/libio.a: $(io_objs)
$(B)/libdesk.a: $(desk_objs)
$(B)/libcore.a $(B)/libio.a $(B)/libdesk.a: Makefile
	@rm -f $@
	$(Q)$(AR) rcs $@ $(filter %.o,$^)

ARCHIVES := $(B)/libdesk.a $(B)/libio.a $(B)/libcore.a

$(B)/nudged: $(daemon_objs) $(ARCHIVES)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$(B)/nudgectl: $(ctl_objs) $(ARCHIVES)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(B)/embed/%.o: $(B)/embed/%.c
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-overlength-strings -MMD -MP -c -o $@ $<

$(B)/embed/schema.c: src/io/schema/embed.sh $(wildcard src/io/schema/*.sql)
	@mkdir -p $(@D)
	$(Q)sh src/io/schema/embed.sh > $@
$(B)/embed/holidays.c: src/embed.sh $(wildcard etc/holidays/*.ics)
	@mkdir -p $(@D)
	$(Q)sh src/embed.sh holidays io/embed.h etc/holidays/*.ics > $@
$(B)/embed/templates.c: src/embed.sh $(wildcard etc/templates/*)
	@mkdir -p $(@D)
	$(Q)sh src/embed.sh template core/template_embed.h etc/templates/* > $@

-include $(wildcard $(B)/*/*.d)

# ---- testing ----

UNIT := $(sort $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c)))
unit_bins := $(UNIT:%=$(B)/tests/%)

# GMime is the oracle of one test and nothing else; looked up when it is built.
UNIT_CFLAGS_test_mime = $(shell pkg-config --cflags gmime-3.0)
UNIT_LIBS_test_mime = $(shell pkg-config --libs gmime-3.0)

$(unit_bins): $(B)/tests/%: tests/unit/%.c $(ARCHIVES)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(UNIT_CFLAGS_$*) -MMD -MP $(ALL_LDFLAGS) -o $@ $< \
	$(ARCHIVES) $(LIBS) -lcmocka $(UNIT_LIBS_$*)

-include $(wildcard $(B)/tests/*.d)

# The peers' drivers and the oracle's harness: small programs that pytest runs.
drivers := $(B)/tests/smtp_driver $(B)/tests/webhook_driver \
	$(B)/tests/words_cli
$(B)/tests/smtp_driver: tests/peers/smtp_driver.c $(ARCHIVES)
$(B)/tests/webhook_driver: tests/peers/webhook_driver.c $(ARCHIVES)
$(B)/tests/words_cli: tests/oracle/words_cli.c $(ARCHIVES)
$(B)/tests/smtp_driver $(B)/tests/webhook_driver: tests/peers/driver.h
$(drivers):
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) $(LIBS)

# Under libfaketime the sanitizer must not ask for the time with its own locks
# held (its allocator does, unless told never to give memory back).
ASAN_OPTS := verify_asan_link_order=0:allocator_release_to_os_interval_ms=-1

# Runs the built programs; NUDGED_BUILD says which build. What a test puts in
# front of them (faketime, a slow look-up) also goes before a sanitizer.
PYTEST_ENV = NUDGED_SHARED=$(abspath $(SHARED)) PYTHONDONTWRITEBYTECODE=1
PYTEST = env NUDGED_BUILD=$(abspath $(B)) NUDGED_DRIVERS=$(abspath $(B)/tests) \
	$(PYTEST_ENV) $(if $(SANFLAGS),ASAN_OPTIONS=$(ASAN_OPTS)) \
	$(PYTHON) -m pytest -q -p no:cacheprovider --timeout=300 $(PYTEST_ARGS)
e2e: all $(drivers)
	@$(PYTEST) tests/peers tests/e2e tests/crash

# Several at once; cmocka's own closing lines are kept in the logs, their sum is
# printed. UNDER is what they run under.
unit: $(unit_bins)
	@rm -f $(unit_bins:%=%.rc)
	@printf '%s\n' $(unit_bins) | xargs -P "$$(nproc)" -I TEST sh -c \
	'CMOCKA_MESSAGE_OUTPUT=stdout $(UNDER) TEST >TEST.log 2>&1; echo $$? >TEST.rc'
	@passed=0 failed=0 skipped=0; for t in $(unit_bins); do \
	rc=$$(cat $$t.rc); \
	p=$$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' $$t.log | tail -1); \
	f=$$(sed -n 's/^\[  FAILED  \].* \([0-9]*\) test.*/\1/p' $$t.log | head -1); \
	s=$$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test.*/\1/p' $$t.log | tail -1); \
	passed=$$((passed + $${p:-0})) skipped=$$((skipped + $${s:-0})); \
	if [ "$$rc" != 0 ] || [ -z "$$p" ]; then cat $$t.log; \
	failed=$$((failed + $${f:-1})); echo "$$t: exit status $$rc"; fi; done; \
	echo "$$passed passed, $$failed failed, $$skipped skipped"; [ $$failed -eq 0 ]

test: deps
	@$(MAKE) $(JOBS) all $(unit_bins) $(drivers)
	@$(MAKE) unit
	@$(MAKE) e2e
VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full \
	--show-leak-kinds=definite --errors-for-leak-kinds=definite \
	--trace-children=no
memcheck: $(unit_bins)
	@$(MAKE) unit UNDER="$(VALGRIND)"

# The end-to-end tests with every program under memcheck; takes two hours. Each
# program stands in a script of its name; what is found is in the logs.
UNDER_MEMCHECK := nudged nudgectl tests/smtp_driver tests/webhook_driver
memcheck-e2e: all $(drivers)
	@rm -rf $(B)/memcheck && mkdir -p $(B)/memcheck/tests $(B)/memcheck/logs
	@cp $(B)/tests/words_cli $(B)/memcheck/tests/
	@for p in $(UNDER_MEMCHECK); do \
	printf '#!/bin/sh\nexec %s --log-file=%s/%%p.log %s "$$@"\n' \
	"$(VALGRIND)" "$(abspath $(B))/memcheck/logs" "$(abspath $(B))/$$p" \
	>$(B)/memcheck/$$p && chmod +x $(B)/memcheck/$$p; done
	@env NUDGED_PATIENCE=900 NUDGED_STALL_MS=60000 $(PYTEST_ENV) \
	NUDGED_BUILD=$(abspath $(B))/memcheck \
	NUDGED_DRIVERS=$(abspath $(B))/memcheck/tests \
	$(PYTHON) -m pytest -q -p no:cacheprovider --timeout=3000 $(PYTEST_ARGS) \
	$(if $(TESTS),$(TESTS),tests/peers tests/e2e tests/crash)
	@found=$$(find $(B)/memcheck/logs -type f -size +0); \
	[ -z "$$found" ] || { cat $$found; exit 1; }
.PHONY: memcheck memcheck-e2e

# One fuzzer per parser, FUZZ_S seconds each; build-fuzz/NAME runs it for longer.
FUZZ   := $(sort $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_S ?= 60
FUZZ_SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined
fuzz_bins := $(FUZZ:%=build-fuzz/%)
$(fuzz_bins): build-fuzz/%: tests/fuzz/%.c $(ARCHIVES)
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -MMD -MP -o $@ $< $(ARCHIVES) \
	$(LIBS)
-include $(wildcard build-fuzz/*.d)

fuzz:
	$(call install_packages,clang libclang-rt-14-dev $(PKGS_BUILD))
	@$(MAKE) $(JOBS) B=build-fuzz CC=clang \
	CFLAGS="-O1 -g -fsanitize=fuzzer-no-link $(FUZZ_SAN)" $(fuzz_bins)
	@printf '%s\n' $(FUZZ) | xargs -P "$$(nproc)" -I NAME sh -c \
	'mkdir -p build-fuzz/corpus/NAME && \
	build-fuzz/NAME -max_total_time=$(FUZZ_S) -timeout=10 \
	-rss_limit_mb=2048 -artifact_prefix=build-fuzz/NAME- \
	build-fuzz/corpus/NAME $$(ls -d tests/fuzz/seeds/NAME 2>/dev/null) \
	>build-fuzz/NAME.log 2>&1 && \
	echo "NAME: nothing found; $$(grep -a ^Done build-fuzz/NAME.log)" || \
	{ tail -40 build-fuzz/NAME.log; exit 255; }'

bench: deps
	@$(MAKE) $(JOBS) all
	sh tests/bench/run.sh $(abspath $(B))

# ---- style and structure ----

check-layers: $(B)/libcore.a
	@sh tests/check-layers.sh $< $(CORE:%=src/core/%.c) $(IO:%=src/io/%.c) \
	$(DESK:%=src/desk/%.c) $(DAEMON:%=src/daemon/%.c) $(CTL:%=src/ctl/%.c)

FORMATTED := $(wildcard src/*/*.[ch] tests/*/*.[ch])
format:
	@$(CLANG_FORMAT) -i $(FORMATTED)
format-check:
	@$(CLANG_FORMAT) --dry-run -Werror $(FORMATTED) && echo 'format holds'
MANUALS := $(wildcard man/*.[158])
lint:
	@rc=0; for m in $(MANUALS); do mandoc -T lint -W warning $$m || rc=1; \
	done; exit $$rc

# ---- trying it ----

demo: deps-build
	@$(MAKE) $(JOBS) all
	@sh etc/demo/run.sh $(abspath $(B))

# ---- installing ----

# The unit and the folders' rules name where things are.
PLACE := sed -e 's|/usr/sbin/nudged|$(PREFIX)/sbin/nudged|' \
	-e 's|/usr/bin/nudgectl|$(PREFIX)/bin/nudgectl|' \
	-e 's|/etc/nudged|$(SYSCONFDIR)/nudged|g'

install: all
	install -D -m 755 $(B)/nudged $(DESTDIR)$(PREFIX)/sbin/nudged
	install -D -m 755 $(B)/nudgectl $(DESTDIR)$(PREFIX)/bin/nudgectl
	install -D -m 644 -t $(DESTDIR)$(DATADIR)/holidays etc/holidays/*.ics
	install -D -m 644 -t $(DESTDIR)$(DATADIR)/templates etc/templates/*
	install -D -m 644 etc/nudged.conf $(DESTDIR)$(DATADIR)/nudged.conf
	[ -e $(DESTDIR)$(SYSCONFDIR)/nudged/nudged.conf ] || install -D -m 640 \
	etc/nudged.conf $(DESTDIR)$(SYSCONFDIR)/nudged/nudged.conf
	install -D -m 644 etc/nudgectl.bash-completion \
	$(DESTDIR)$(PREFIX)/share/bash-completion/completions/nudgectl
	for m in $(MANUALS); do install -D -m 644 -t \
	$(DESTDIR)$(PREFIX)/share/man/man$${m##*.} $$m || exit 1; done
	install -d $(DESTDIR)$(UNITDIR) $(DESTDIR)$(PREFIX)/lib/sysusers.d \
	$(DESTDIR)$(PREFIX)/lib/tmpfiles.d
	$(PLACE) systemd/nudged.service >$(DESTDIR)$(UNITDIR)/nudged.service
	install -m 644 systemd/sysusers.d/nudged.conf \
	$(DESTDIR)$(PREFIX)/lib/sysusers.d/nudged.conf
	$(PLACE) systemd/tmpfiles.d/nudged.conf \
	>$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/nudged.conf
	chmod 644 $(DESTDIR)$(UNITDIR)/nudged.service \
	$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/nudged.conf

# Leaves the config and the register where they are.
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/sbin/nudged $(DESTDIR)$(PREFIX)/bin/nudgectl \
	$(DESTDIR)$(PREFIX)/share/bash-completion/completions/nudgectl \
	$(DESTDIR)$(UNITDIR)/nudged.service \
	$(DESTDIR)$(PREFIX)/lib/sysusers.d/nudged.conf \
	$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/nudged.conf
	for m in $(MANUALS); do rm -f \
	$(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$${m##*/}; done
	rm -rf $(DESTDIR)$(DATADIR)

clean:
	rm -rf build build-san build-fuzz build-clang
