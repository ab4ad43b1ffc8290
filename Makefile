# make            build/evalua (the program), build/cmod/evalua/core.so (the module)
# make demo       the sample unit's report and charts, under demo/
# make check      every spec in the program and in stock lua5.4
# CONTRIBUTING.md tells of the others: check-asan check-gc lint format golden
# bench fuzz install. V=1 shows the commands.

# What Debian 12 must have: to build and run; for the specs; for lint; for fuzz.
DEPS      := gcc libc6-dev make pkg-config lua5.4 liblua5.4-dev lua-lpeg \
             libsqlite3-dev libutf8proc-dev libfreetype-dev libfontconfig-dev \
             libzip-dev libexpat1-dev libxlsxwriter-dev libgsl-dev \
             gnuplot-nox fonts-noto-cjk
DEPS_TEST := lua-busted libxml2-utils librsvg2-bin sqlite3 procps unzip
DEPS_LINT := lua-check clang-format clang
DEPS_FUZZ := clang libclang-rt-14-dev
PKGS      := sqlite3 gsl libutf8proc
# What only evalua/font.so links: it is loaded when text is measured.
PKGS_FONT := freetype2 fontconfig
# What only evalua/office.so links: it is loaded when an Office file is used.
PKGS_OFFICE := libzip expat xlsxwriter

MODE   ?= release
B      := build/$(MODE)
PREFIX ?= /usr/local
LUA    := lua5.4
CC     := $(if $(filter default,$(origin CC)),gcc,$(CC))

# One set of objects for both artefacts. The program of another mode lies in
# build/ too, since it looks for lua/ in the folder above its own.
PROGRAM := build/evalua$(if $(filter-out release,$(MODE)),-$(MODE))
CMOD    := $(if $(filter release,$(MODE)),build/cmod,$(B)/cmod)
OFFICE  := $(patsubst src/%.c,$(B)/%.o,$(wildcard src/io/ooxml*.c \
             src/io/xlsx*.c src/bind/bind_office*.c src/bind/bind_xlsx*.c))
FONT    := $(B)/draw/font.o $(B)/bind/bind_font.o
CORE    := $(filter-out $(OFFICE) $(FONT),$(patsubst src/%.c,$(B)/%.o,$(wildcard src/*/*.c)))

COMPILED := $(patsubst lua/%,build/luac/%,$(shell find lua -name '*.lua')) \
            $(patsubst %,build/luac/%,$(wildcard scripts/*.lua))

# pkg-config is asked when the first object needs it: `deps` may install it.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(call pkg,--cflags lua5.4 $(PKGS_FONT)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(call pkg,--libs))$(PKG_LIBS)
LUA_LIBS   = $(shell pkg-config --libs lua5.4)
OFFICE_LIBS = $(shell pkg-config --libs $(PKGS_OFFICE))
FONT_LIBS  = $(shell pkg-config --libs $(PKGS_FONT))
pkg = $(or $(shell pkg-config $(1) $(PKGS)),$(error \
  libraries are missing: run `make deps`, or see DEPS in the Makefile))

comma := ,

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wpointer-arith -Wvla -Wformat=2 -Wundef -Wwrite-strings
# A product and a sum that are rounded once are not what dd.h computes with.
LANGUAGE := -std=c11 -ffp-contract=off -D_GNU_SOURCE -Isrc -DEVALUA_CMOD='"$(CMOD)"'
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined
OPT.release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
OPT.asan    := -O1 -g -fno-omit-frame-pointer -Werror $(SANITIZE)
OPT.tsan    := -O1 -g -fno-omit-frame-pointer -Werror -fsanitize=thread
OPT.fuzz    := $(OPT.asan) -fsanitize=fuzzer-no-link
ALL_CFLAGS   = $(LANGUAGE) $(WARN) $(OPT.$(MODE)) -fPIC -fvisibility=hidden \
               -pthread -MMD -MP $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS  = $(filter -fsanitize%,$(OPT.$(MODE))) -pthread \
               -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)
# A module that stays mapped gives leak reports with function names.
NODELETE.asan := -Wl,-z,nodelete

all: $(PROGRAM) $(CMOD)/evalua/core.so $(CMOD)/evalua/office.so \
     $(CMOD)/evalua/font.so $(COMPILED) ; @:

# Out of the help: the manual page, and the completion of words in bash.
build/evalua.1 build/evalua.bash: build/evalua.%: all
	$(Q)build/evalua help --lang en --$(if $(filter 1,$*),man,$*) > $@

Q := $(if $(V),,@)

$(B)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(if $(V),,@echo '  cc $(B)/$*.o')
	$(Q)$(CC) $(ALL_CFLAGS) -c $< -o $@

# The program takes what it needs out of the archives: loading libraries would
# cost every start a millisecond. All of Lua is there, for C modules.
ARCHIVES := gsl gslcblas sqlite3 utf8proc
PROGRAM_LIBS = $(foreach lib,$(PKG_LIBS),$(if $(filter $(lib:-l%=%),$(ARCHIVES)),\
               -l:lib$(lib:-l%=%).a,$(lib))) -Wl,--whole-archive \
               $(patsubst -l%,-l:lib%.a,$(filter -llua%,$(LUA_LIBS))) \
               -Wl,--no-whole-archive $(patsubst %,-Wl$(comma)--export-dynamic-symbol=%, \
               lua_* luaL_* luaopen_*) -lm

$(PROGRAM): $(B)/main.o $(CORE)
	$(if $(V),,@echo '  ld $@')
	$(Q)$(CC) -pie $(ALL_LDFLAGS) -o $@ $^ $(PROGRAM_LIBS)

# lua5.4 holds Lua itself: a module that links liblua would bring a second one.
$(CMOD)/evalua/core.so: $(CORE)
	@mkdir -p $(@D)
	$(if $(V),,@echo '  ld $@')
	$(Q)$(CC) -shared $(ALL_LDFLAGS) $(NODELETE.$(MODE)) -o $@ $^ $(PKG_LIBS) -lm
	@if readelf -d $@ | grep -q 'NEEDED.*liblua'; then \
	  rm $@; echo '$@ links liblua: that would be a second Lua' >&2; exit 1; fi

# Its own copies of what it needs of the core, taken out of an archive: it is
# loaded beside the program and beside core.so, and can rely on neither.
$(B)/core.a: $(CORE)
	$(Q)rm -f $@ && ar rcsT $@ $^

$(CMOD)/evalua/office.so: $(OFFICE) $(B)/core.a
	@mkdir -p $(@D)
	$(if $(V),,@echo '  ld $@')
	$(Q)$(CC) -shared $(ALL_LDFLAGS) $(NODELETE.$(MODE)) -o $@ $^ $(OFFICE_LIBS) \
	  $(PKG_LIBS) -lm

$(CMOD)/evalua/font.so: $(FONT) $(B)/core.a
	@mkdir -p $(@D)
	$(if $(V),,@echo '  ld $@')
	$(Q)$(CC) -shared $(ALL_LDFLAGS) $(NODELETE.$(MODE)) -o $@ $^ $(FONT_LIBS) \
	  $(PKG_LIBS) -lm

# Reading Lua takes longer than anything else in a short run: the program takes
# compiled files, unless the source is newer.
build/luac/%.lua: lua/%.lua
	@mkdir -p $(@D)
	$(Q)luac5.4 -o $@ $<

build/luac/scripts/%.lua: scripts/%.lua
	@mkdir -p $(@D)
	$(Q)luac5.4 -o $@ $<

-include $(CORE:.o=.d) $(OFFICE:.o=.d) $(FONT:.o=.d) $(B)/main.d

# ---- what must be there: silent and offline when it is --------------------

SUDO := $(if $(filter-out 0,$(shell id -u)),sudo)
APT  := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0

# $(call install-missing,PACKAGES). A mirror may be away for a moment, or another
# apt hold a lock: tried again. Lists that cannot be renewed may do as they are.
define install-missing
@if ! command -v dpkg-query >/dev/null; then \
  echo 'not a Debian: this needs what Debian calls $(1)' >&2; exit 0; fi; \
missing=; for p in $(1); do \
  case $$(dpkg-query -W -f '$${db:Status-Status}' $$p 2>/dev/null) in \
    installed) ;; *) missing="$$missing $$p" ;; esac; done; \
if [ -n "$$missing" ]; then \
  echo "installing (this can take minutes):$$missing"; \
  for pause in $$($(SUDO) true && echo 5 15 45) 0; do \
    $(APT) update; \
    $(APT) install --no-install-recommends $$missing >/dev/null && exit 0; \
    test $$pause = 0 || { echo "again in $$pause s" >&2; sleep $$pause; }; \
  done; \
  echo "cannot install:$$missing" >&2; \
  echo 'install these packages yourself, then run make again' >&2; exit 1; \
fi
endef

deps:
	$(call install-missing,$(DEPS) $(DEPS_TEST) $(DEPS_LINT) $(DEPS_FUZZ))
deps-run:
	$(call install-missing,$(DEPS))
deps-test:
	$(call install-missing,$(DEPS) $(DEPS_TEST))
deps-lint:
	$(call install-missing,$(DEPS) $(DEPS_TEST) $(DEPS_LINT))
deps-fuzz:
	$(call install-missing,$(DEPS) $(DEPS_FUZZ))

# ---- the demo ------------------------------------------------------------

SAMPLE  := data/dongfanghong-2022/budget.csv --phase version --amount amount \
           --base original --actual executed --by nature \
           --where 'flow == "expense"'

demo: deps-run
	@$(MAKE) --no-print-directory -s all
	@mkdir -p demo
	@build/evalua variance $(SAMPLE) --total
	@for lang in zh en; do for kind in variance bridge; do for type in svg png; do \
	  build/evalua chart $$kind $(SAMPLE) --lang $$lang \
	    -o demo/$$kind-$$lang.$$type || exit; done; done; \
	  build/evalua report variance $(SAMPLE) --total --charts --lang $$lang \
	    -o demo/variance-$$lang.html || exit; done
	@printf '\nwritten:\n'; ls -1 $(CURDIR)/demo/*

# Every kind of chart in both languages with its script, as one page.
gallery: deps-run
	@$(MAKE) --no-print-directory -s all
	@mkdir -p build/gallery
	@build/evalua run scripts/gallery/page.lua build/gallery
	@echo 'written: $(CURDIR)/build/gallery/index.html'

# ---- the specs -----------------------------------------------------------

# SPECS="spec/csv_spec.lua" or SPECS="--filter=quoted" runs a part. JOBS says
# how many at a time, which is one for each processor without it.
RUN         := spec/support/run.lua
IN_PROGRAM   = build/evalua run $(RUN)
IN_LUA       = $(LUA) $(RUN)
check check-asan check-gc check-tsan golden: export TZ := UTC
check check-asan check-gc check-tsan golden: export LC_ALL := C.UTF-8

check: deps-test
	@$(MAKE) --no-print-directory all
	@spec/support/runs '$(SPECS)' 'in the program' '$(IN_PROGRAM)' \
	  'in stock lua5.4' '$(IN_LUA)'

# The sanitizers of Debian 12 want addresses where they expect them: a kernel that
# spreads them over 32 bits (vm.mmap_rnd_bits) lets them fail now and then.
FIXED := $(shell setarch -R true 2>/dev/null && echo setarch -R)

# gcc's runtime must be there before lua5.4, which knows nothing of it.
ASAN_ENV = ASAN_OPTIONS=detect_leaks=1 \
           UBSAN_OPTIONS=print_stacktrace=1 EVALUA_PROGRAM=build/evalua-asan
PRELOAD  = LD_PRELOAD="$(shell gcc -print-file-name=libasan.so) $(shell gcc \
           -print-file-name=libubsan.so)"

check-asan: deps-test
	@$(MAKE) --no-print-directory MODE=asan CC=gcc all
	@spec/support/runs '$(SPECS)' \
	  'in the program, sanitized' \
	  '$(FIXED) env $(ASAN_ENV) build/evalua-asan run $(RUN) --cpath=build/asan/cmod/?.so' \
	  'in stock lua5.4, sanitized' \
	  '$(FIXED) env $(ASAN_ENV) $(PRELOAD) $(IN_LUA) --cpath=build/asan/cmod/?.so'

# The specs of what runs in several threads, for races.
TSAN_SPECS := spec/io/csv_fast_spec.lua spec/io/store_append_spec.lua \
              spec/query_spec.lua
check-tsan: deps-test
	@$(MAKE) --no-print-directory MODE=tsan CC=gcc all
	@spec/support/runs '$(or $(SPECS),$(TSAN_SPECS))' 'for races' \
	  '$(FIXED) env TSAN_OPTIONS=halt_on_error=1:exitcode=66 \
	  EVALUA_PROGRAM=build/evalua-tsan build/evalua-tsan run $(RUN) --cpath=build/tsan/cmod/?.so'

# What is freed is overwritten; glibc does not do that in its thread cache.
# The house has no C to try, and much text to read.
PERTURB := GLIBC_TUNABLES=glibc.malloc.perturb=165:glibc.malloc.tcache_count=0

check-gc: deps-test
	@$(MAKE) --no-print-directory all
	@EXCLUDE=spec/house_spec.lua spec/support/runs '$(SPECS)' \
	  'collecting all the time' \
	  '$(PERTURB) $(IN_LUA) --helper=spec/support/gc.lua'

golden: deps-test
	@$(MAKE) --no-print-directory all
	EVALUA_GOLDEN=1 $(IN_LUA) $(SPECS)
	git status --short -- spec/golden

# ---- other checks --------------------------------------------------------

C_FILES = $(wildcard src/*.[ch] src/*/*.[ch] spec/fuzz/*.c)

lint: lint-lua lint-layout lint-warnings lint-house
lint-lua: deps-lint
	luacheck --no-color -q $(wildcard lua scripts spec)
lint-layout: deps-lint
	clang-format --dry-run -Werror $(C_FILES)
lint-warnings: deps-lint
	clang -fsyntax-only -Werror $(LANGUAGE) $(WARN) \
	  -Wmissing-variable-declarations $(PKG_CFLAGS) $(filter src/%.c,$(C_FILES))
lint-house: deps-lint
	$(IN_LUA) spec/house_spec.lua

format: deps-lint
	clang-format -i $(C_FILES)

bench: deps-test
	@$(MAKE) --no-print-directory -s all build/bench/generate build/bench/measure
	@build/evalua run spec/bench/run.lua

build/bench/%: spec/bench/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(LANGUAGE) $(WARN) -O2 -o $@ $<

# M1 by method, beside R on a part of it; coverage of intervals.
bench-forecast: deps-test
	@$(MAKE) --no-print-directory -s all
	@build/evalua run spec/bench/forecast.lua
	@build/evalua run spec/bench/coverage.lua

# Each target in spec/fuzz for FUZZ_SECONDS; a finding is left in build/fuzz.
# Without luck or clock, as .ci/run has it: FUZZ_ARGS='-runs=30000 -seed=1'.
FUZZ_SECONDS ?= 30
FUZZ_ARGS    ?= -max_total_time=$(FUZZ_SECONDS)
FUZZ_TIMEOUT ?= 10 # seconds for one input; more on a machine that others use
FUZZ          = $(patsubst spec/fuzz/%.c,build/fuzz/%,$(wildcard spec/fuzz/*.c))
FUZZ_CORE     = $(filter-out build/fuzz/bind/% build/fuzz/draw/%,$(CORE) $(OFFICE))

fuzz: deps-fuzz fuzz-text
	@$(MAKE) --no-print-directory MODE=fuzz CC=clang run-fuzz

# Text of charts, by more strings than a check has: others every time, unless
# FUZZ_SEED names which.
FUZZ_STRINGS ?= 400000
FUZZ_SEED    ?= $(shell od -An -N3 -tu4 /dev/urandom)
fuzz-text: all
	@echo '== text of charts'
	@seed=$(strip $(FUZZ_SEED)); echo "FUZZ_SEED=$$seed"; \
	  EVALUA_FUZZ_STRINGS=$(FUZZ_STRINGS) EVALUA_FUZZ_SEED=$$seed \
	  $(IN_PROGRAM) spec/chart/gp_text_spec.lua

run-fuzz: $(FUZZ)
	@for target in $(FUZZ); do echo "== $$target"; mkdir -p $$target.corpus; \
	  $(FIXED) $$target -timeout=$(strip $(FUZZ_TIMEOUT)) -rss_limit_mb=1024 -verbosity=0 -print_funcs=0 \
	    -artifact_prefix=$$target- $(FUZZ_ARGS) $$target.corpus || exit; done

build/fuzz/%: spec/fuzz/%.c $(FUZZ_CORE)
	$(if $(V),,@echo '  ld $@')
	$(Q)$(CC) $(ALL_CFLAGS) -Wno-missing-prototypes -fsanitize=fuzzer $(ALL_LDFLAGS) \
	  -o $@ $^ $(OFFICE_LIBS) $(PKG_LIBS) -lm

# ---- install -------------------------------------------------------------

SHARE := $(DESTDIR)$(PREFIX)/share
LIB   := $(DESTDIR)$(PREFIX)/lib/lua/5.4

install: all build/evalua.1 build/evalua.bash
	install -d $(DESTDIR)$(PREFIX)/bin $(LIB)/evalua $(SHARE)/evalua $(SHARE)/lua/5.4 \
	  $(SHARE)/man/man1 $(SHARE)/bash-completion/completions
	install -m 644 build/evalua.1 $(SHARE)/man/man1/
	install -m 644 build/evalua.bash $(SHARE)/bash-completion/completions/evalua
	install -m 755 build/evalua $(DESTDIR)$(PREFIX)/bin/evalua
	install -m 644 build/cmod/evalua/core.so build/cmod/evalua/office.so \
	  build/cmod/evalua/font.so $(LIB)/evalua/
	cp -R lua scripts data $(SHARE)/evalua/
	cp -R build/luac $(SHARE)/evalua/
	chmod -R u=rwX,go=rX $(SHARE)/evalua
	@# what `require "evalua"` finds in stock lua5.4, wherever PREFIX is moved to
	printf '%s\n' 'local _, here = ...' \
	  'local lua = here:gsub("lua/5%.4/evalua%.lua$$", "evalua/lua/")' \
	  'package.path = lua .. "?.lua;" .. lua .. "?/init.lua;" .. package.path' \
	  'return dofile(lua .. "evalua/init.lua")' > $(SHARE)/lua/5.4/evalua.lua

clean:
	rm -rf build demo

.PHONY: gallery all deps deps-run deps-test deps-lint deps-fuzz demo check check-asan \
        check-gc golden lint lint-lua lint-layout lint-warnings lint-house format bench bench-forecast fuzz fuzz-text run-fuzz install clean
.DELETE_ON_ERROR:
