# SPDX-License-Identifier: ISC
# nudged: build, try, test and install. Start with `make demo` or `make test`;
# both install what they need on Debian or Ubuntu.

PREFIX       ?= /usr
SYSCONFDIR   ?= /etc
UNITDIR      ?= /lib/systemd/system
DESTDIR      ?=
CC           ?= cc
PYTHON       ?= /usr/bin/python3
CLANG_FORMAT ?= clang-format
SHARED       ?= ../shared

# Every module, by layer: the table of contents.
CORE   := $(sort $(patsubst src/core/%.c,%,$(wildcard src/core/*.c)))
IO     := $(sort $(patsubst src/io/%.c,%,$(wildcard src/io/*.c)))
DESK   := $(sort $(patsubst src/desk/%.c,%,$(wildcard src/desk/*.c)))
DAEMON := $(sort $(patsubst src/daemon/%.c,%,$(wildcard src/daemon/*.c)))
CTL    := $(sort $(patsubst src/ctl/%.c,%,$(wildcard src/ctl/*.c)))
EMBED  := schema holidays templates

# SAN=1 has AddressSanitizer and UBSan and a build folder of its own.
ifeq ($(SAN),1)
B        := build-san
SANFLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
else
B        := build
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
	python3-aiosmtpd python3-dateutil python3-icalendar faketime postfix \
	openssl procps sqlite3

define install_packages
	@missing=; for p in $(1); do \
	dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' \
	|| missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	echo "installing:$$missing"; \
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
Q := @printf '  %s\n' $@;
endif

# ---- building ----

core_objs   := $(CORE:%=$(B)/core/%.o)
io_objs     := $(IO:%=$(B)/io/%.o) $(EMBED:%=$(B)/embed/%.o)
desk_objs   := $(DESK:%=$(B)/desk/%.o)
daemon_objs := $(DAEMON:%=$(B)/daemon/%.o)
ctl_objs    := $(CTL:%=$(B)/ctl/%.o)

$(B)/libcore.a: $(core_objs)
$(B)/libio.a: $(io_objs)
$(B)/libdesk.a: $(desk_objs)
$(B)/libcore.a $(B)/libio.a $(B)/libdesk.a: Makefile
	@rm -f $@
	$(AR) rcs $@ $(filter %.o,$^)

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
	sh src/io/schema/embed.sh > $@
$(B)/embed/holidays.c: src/embed.sh $(wildcard etc/holidays/*.ics)
	@mkdir -p $(@D)
	sh src/embed.sh holidays io/embed.h etc/holidays/*.ics > $@
$(B)/embed/templates.c: src/embed.sh $(wildcard etc/templates/*)
	@mkdir -p $(@D)
	sh src/embed.sh template core/template_embed.h etc/templates/* > $@

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

unit: $(unit_bins)
	@fail=0; for t in $(unit_bins); do $$t >$$t.log 2>&1 \
	|| { cat $$t.log; echo "FAILED: $$t"; fail=1; }; done; exit $$fail

clean:
	rm -rf build build-san
