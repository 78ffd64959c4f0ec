# What the tests of a moved prefix share; source it with their arguments:
#   <file of make_prefix.sh> <build folder> <source folder> <libtorch_cpu.so or nothing>
# Sets prefix, build, source_folder and work, a folder that is removed at the end; `use` runs a command.
source "$(dirname "${BASH_SOURCE[0]}")/../build/expect.sh"
[[ -f $1 ]] || { echo "skipped: nothing was installed"; exit 77; }
prefix=$(<"$1")/moved build=$2 source_folder=$3 torch=${4:+${4%/lib/*}}
[[ -x $prefix/bin/hezar ]] || { echo "skipped: no host in $prefix"; exit 77; }
# Beside the prefix, so that paths from the one to the other are the same each time: what ccache goes by.
work=$(<"$1")/$(basename "$0" .sh)
rm -rf "$work"
mkdir "$work"
trap 'rm -rf "$work"' EXIT
export CCACHE_BASEDIR=$(<"$1") CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=include_file_mtime,include_file_ctime
ccache=$(command -v ccache) && export CCACHE_DIR=$(ccache --get-config cache_dir)
unset LD_LIBRARY_PATH LD_PRELOAD HEZAR_PLUGIN_PATH CMAKE_PREFIX_PATH Torch_DIR
export XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config

# use <command...>: runs it where neither build folder nor LibTorch are to be seen, where the system lets us hide them.
if unshare -rm true 2>/dev/null; then
  use() {
    unshare -rm bash -c '
      for hidden in "$1" "$2/.deps" "$3"; do
        [[ -z $hidden || ! -d $hidden ]] || mount -t tmpfs none "$hidden" || exit 99
      done
      shift 3; exec "$@"' hide "$build" "$source_folder" "$torch" "$@"
  }
  expect "the build folder is out of sight" test -z "$(use ls "$build")"
else
  use() { "$@"; }
fi
