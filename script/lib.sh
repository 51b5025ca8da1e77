# Shared by the scripts of this folder: where the project is, what it needs, how builds are set up.
# Sourced, never run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
umask 022

say() { printf '%s\n' "$*" >&2; }
die() {
	say "${0##*/}: $*"
	exit 1
}

# What is needed and the Debian package that brings it.
NEED_BUILD=(gcc=gcc meson=meson ninja=ninja-build pkg-config=pkg-config python3=python3
	pc:libxml-2.0=libxml2-dev pc:libzip=libzip-dev pc:uchardet=libuchardet-dev
	pc:pangocairo=libpango1.0-dev pc:harfbuzz-subset=libharfbuzz-dev
	pc:xlsxwriter=libxlsxwriter-dev
	pc:libcjson=libcjson-dev pc:libseccomp=libseccomp-dev)
NEED_RUN=(fc-list=fontconfig font:zh-cn=fonts-noto-cjk pdftotext=poppler-utils)
NEED_FUZZ=(clang=clang fuzzer:clang=libclang-rt-14-dev)
NEED_TEST=(pc:cmocka=libcmocka-dev clang=clang clang-format=clang-format mandoc=mandoc
	ctags=universal-ctags git=git setpriv=util-linux script=bsdutils prlimit=util-linux
	"py:jsonschema=python3-jsonschema" zip=zip)
NEED_PAGES=(node=nodejs npm=npm chromium=chromium)
NEED_BENCH=(pandoc=pandoc weasyprint=weasyprint soffice=libreoffice-writer pdftotext=poppler-utils)

# The system's own interpreter first: Debian's modules belong to it, whatever PATH says.
PYTHON=/usr/bin/python3
[ -x "$PYTHON" ] || PYTHON=python3

have() {
	case $1 in
	pc:*) pkg-config --exists "${1#pc:}" 2>/dev/null ;;
	font:*) [ -n "$(fc-list ":lang=${1#font:}" 2>/dev/null)" ] ;;
	py:*) "$PYTHON" -c "import ${1#py:}" 2>/dev/null ;;
	fuzzer:*) echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
		"${1#fuzzer:}" -fsanitize=fuzzer,address -x c - -o /dev/null 2>/dev/null ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

missing() {
	local want
	for want in "$@"; do
		have "${want%=*}" || printf '%s\n' "${want##*=}"
	done | sort -u
}

# Installs what is missing; touches no network when nothing is.
need() {
	local -a packages sudo=()
	mapfile -t packages < <(missing "$@")
	[ ${#packages[@]} -gt 0 ] || return 0
	command -v apt-get >/dev/null 2>&1 ||
		die "please install what Debian calls: ${packages[*]}"
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null 2>&1 ||
			die "please install as root: apt-get install ${packages[*]}"
		sudo=(sudo)
	fi
	say "installing: ${packages[*]}"
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends "${packages[@]}" </dev/null >&2
	mapfile -t packages < <(missing "$@")
	[ ${#packages[@]} -eq 0 ] || die "still missing after the installation: ${packages[*]}"
}

# build_in FOLDER [MESON-OPTION…]: sets up build/FOLDER once, again when the options change,
# and compiles.
build_in() {
	local dir=build/$1 stamp
	shift
	stamp="CC=${CC:-} $*"
	if [ ! -f "$dir/build.ninja" ] || [ "$(cat "$dir/options" 2>/dev/null)" != "$stamp" ]; then
		rm -rf "$dir"
		meson setup "$dir" "$@" >"$dir.log" 2>&1 || {
			tail -n 30 "$dir.log" >&2
			return 1
		}
		printf '%s\n' "$stamp" >"$dir/options"
	fi
	ninja -C "$dir" --quiet >"$dir.log" 2>&1 || {
		tail -n 60 "$dir.log" >&2
		return 1
	}
}
mkdir -p build
