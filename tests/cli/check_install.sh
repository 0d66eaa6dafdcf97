#!/usr/bin/env bash
# Installs a build into a temporary prefix, compares what is there with installed_files.txt, runs the program from there,
# and makes a film with a small program of its own that is compiled with nothing but the installed library: found by
# pkg-config, and by CMake.
# check_install.sh DIR-OF-BUILD [COMPILER-FLAGS…]; exits with 1 and a diff when they differ.
set -euo pipefail
export LC_ALL=C.UTF-8
if [ $# -lt 1 ] || [ ! -f "$1/cmake_install.cmake" ]; then
  echo "usage: check_install.sh DIR-OF-BUILD [COMPILER-FLAGS…]" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
list=$here/installed_files.txt

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

work=$prefix/work
mkdir "$work"
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name dadcam.pc)")
# shellcheck disable=SC2046 # words
c++ -std=c++20 "${@:2}" "$here/installed_program.cpp" $(pkg-config --cflags --libs dadcam) -o "$work/program"
cat >"$work/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.25)
project(other LANGUAGES CXX)
find_package(dadcam 0.1 REQUIRED)
add_executable(other $here/installed_program.cpp)
target_link_libraries(other PRIVATE dadcam::library)
END
cmake -G Ninja -S "$work" -B "$work/other" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_FLAGS="${*:2}" >"$work/log" 2>&1 &&
  cmake --build "$work/other" >>"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
mkdir "$work/Clips"
ffmpeg -v error -f lavfi -i testsrc2=s=64x48:r=25:d=1 -c:v mjpeg "$work/Clips/a.mov"
film=$("$work/other/other" "$work/Clips" "$(command -v ffmpeg)" "$(command -v ffprobe)")
frames=$(ffprobe -v error -count_packets -show_entries stream=nb_read_packets -select_streams v -of csv=p=0 "$film")
[ "$frames" = 25 ] || { echo "check_install: the film of the installed library has $frames frames, not 25" >&2; exit 1; }
