#!/usr/bin/env bash
# Installs a build into a temporary prefix, compares what is there with installed_files.txt, and runs the program from
# there. check_install.sh DIR-OF-BUILD; exits with 1 and a diff when they differ.
set -euo pipefail
export LC_ALL=C.UTF-8
if [ $# -ne 1 ] || [ ! -f "$1/cmake_install.cmake" ]; then
  echo "usage: check_install.sh DIR-OF-BUILD" >&2
  exit 2
fi
list=$(cd "$(dirname "$0")" && pwd)/installed_files.txt

prefix=$(mktemp -d -t dadcam-install-XXXXXX)
trap 'rm -rf -- "$prefix"' EXIT
cmake --install "$1" --prefix "$prefix" >"$prefix.log" 2>&1 || { cat "$prefix.log" >&2; rm -f "$prefix.log"; exit 1; }
rm -f "$prefix.log"

# Debian's folder for libraries is another when the build was configured for /usr.
installed=$(cd "$prefix" && find . \( -type f -o -type l \) | sed 's|^\./||; s|^lib/[^/]*-linux-gnu/|lib/|' | sort)
if ! diff -u --label "installed_files.txt" --label "installed" <(sort "$list") <(echo "$installed"); then
  echo "check_install: if that is as it should be, correct tests/cli/installed_files.txt" >&2
  exit 1
fi
"$prefix/bin/dadcam" --version >/dev/null
