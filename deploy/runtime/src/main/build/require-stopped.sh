#!/bin/sh
# require-stopped.sh FOLDER: fails, naming process and data folder, while a server runs that was built below the folder.
# Such a server reads its jars until its end: without them it goes on answering wrongly for a while, then breaks.
set -eu
built=$1/deploy/

# PID and command line of every process, one a line. Neither ps nor /proc is everywhere.
# Command lines are bytes of anybody's making: printf keeps a "\0" in one of them as it is, which echo makes a NUL of.
processes() {
  if [ -r /proc/self/cmdline ]; then
    for process in /proc/[0-9]*; do
      line=$(tr '\0' ' ' <"$process/cmdline" 2>/dev/null) || continue
      printf '%s %s\n' "${process#/proc/}" "$line"
    done
  else
    ps -axww -o pid=,command=
  fi
}

# One strange byte among the processes, and grep says "binary file matches" in place of the lines: hence -a.
found=$(processes | grep -a -F -- "--deploy $built" | grep -a -F 'PayaraMicroImpl' || true)
if [ -z "$found" ]; then
  exit 0
fi
echo "Nothing was removed, because servers run from what was built:" >&2
printf '%s\n' "$found" | while read -r pid line; do
  root=${line#*--rootdir }
  state=${root%%/server --*}
  echo "  process $pid on the data folder $state; stop it: make stop STATE=$state" >&2
done
exit 1
