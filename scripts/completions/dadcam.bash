# shellcheck shell=bash
# Bash completion of dadcam: commands, options and their values; recipes, events, tags and exports of the library that
# the command line means. Needs no package; scripts/check_help compares it with `dadcam --help`.

_dadcam_global='--library --json -q --quiet -v --verbose --no-color -h --help'
_dadcam_commands='init config ingest measure clips clip-show clip-time clip-remove tag recipe-create recipe-list recipe-show recipe-delete lut-add lut-list
  export export-rerun resume export-cancel export-history export-details export-open export-delete cache'
# Of export, export-rerun and resume.
_dadcam_rendering='-o --output --force --jobs --stall-timeout --on-error --launcher --verify --no-cache --wait'

# _dadcam_options COMMAND: its own options.
_dadcam_options() {
  case $1 in
    '') echo '--version' ;;
    init) echo '--name' ;;
    config) echo '--global --unset' ;;
    ingest) echo '--copy --all' ;;
    clips) echo '--from --to --event --camera --tag --missing --sort --events --cameras --tags' ;;
    clip-time) echo '--from --to --event --camera --tag --at --shift --zone --reset -n --dry-run' ;;
    clip-remove) echo '-y --yes' ;;
    recipe-create)
      echo '--mode --from --to --event --camera --tag --include --order --seed --preset --transition --transition-ms --fit --lut
        --date-overlay --date-format --date-position --date-seconds --max-clip-secs --resolution --fps'
      ;;
    lut-add) echo '--name' ;;
    export) echo "--run --dry-run $_dadcam_rendering" ;;
    export-rerun) echo "--queue $_dadcam_rendering" ;;
    resume) echo "$_dadcam_rendering" ;;
    export-history) echo '--status --limit --offset' ;;
    export-details) echo '--logs --segments' ;;
    export-open) echo '--folder' ;;
    export-delete) echo '-y --yes' ;;
    cache) echo '--prune --max-size' ;;
  esac
}

# The options that are followed by a value.
_dadcam_takes_value() {
  case $1 in
    --library | --name | --from | --to | --event | --camera | --tag | --sort | --at | --shift | --zone | --mode | --include | --order | --seed | --preset | \
      --transition | --transition-ms | --fit | --lut | --date-format | --date-position | --date-seconds | \
      --max-clip-secs | --resolution | --fps | --run | -o | --output | --jobs | --stall-timeout | --on-error | \
      --launcher | --status | --limit | --offset | --max-size) return 0 ;;
  esac
  return 1
}

# _dadcam_field FIELD COMMAND…: the values of a field in a listing, one a line. Silent where there is no library.
# JSON as dadcam prints it: a field a line, four spaces in; a name is ASCII, with all else escaped as printf reads it, but
# for what is not in Unicode's first plane: that is not offered.
_dadcam_field() {
  local field=$1
  shift
  dadcam ${library[@]+"${library[@]}"} --json "$@" 2>/dev/null |
    sed -nE "s/^    \"$field\": (\"(.*)\"|([0-9]+)),?\$/\2\3/p" | sed -E '/\\ud[89a-f]/d; s/\\"/"/g' |
    while IFS= read -r name; do printf '%b\n' "$name"; done
}

# _dadcam_offer: those of the lines on standard input that begin with the word so far, quoted for the shell.
_dadcam_offer() {
  local line typed=$current
  # What the user has quoted is compared without the quotes.
  typed=${typed#[\"\']}
  typed=${typed//\\/}
  while IFS= read -r line; do
    [[ $line == "$typed"* ]] || continue
    case $current in
      \"*) COMPREPLY+=("${line//\"/\\\"}") ;;
      \'*) COMPREPLY+=("$line") ;;
      *) COMPREPLY+=("$(printf %q "$line")") ;;
    esac
  done
}

_dadcam_zones() { grep -v '^#' /usr/share/zoneinfo/zone1970.tab 2>/dev/null | cut -f3 | sort; }

_dadcam_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

_dadcam_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$current")
}

_dadcam_value() {
  case $1 in
    --library) _dadcam_files -d ;;
    -o | --output) _dadcam_files -f ;;
    --mode) _dadcam_words 'all by_date by_event by_favorites' ;;
    --order) _dadcam_words 'chronological shuffle' ;;
    --preset) _dadcam_words 'share archive' ;;
    --include) _dadcam_words 'bad archived' ;;
    --transition) _dadcam_words 'hard_cut crossfade' ;;
    --fit) _dadcam_words 'pad blur crop' ;;
    --lut) _dadcam_offer < <(_dadcam_field name lut-list) ;;
    --date-position) _dadcam_words 'top_left top_right bottom_left bottom_right' ;;
    --on-error) _dadcam_words 'stop skip' ;;
    --resolution) _dadcam_words 'auto 1280x720 1920x1080 3840x2160' ;;
    --fps) _dadcam_words 'auto 24 25 29.97 30 50 59.94 60' ;;
    --launcher) _dadcam_words 'srun ssh nice' ;;
    --max-size) _dadcam_words 'auto 5GB 10GB 20GB 50GB 100GB' ;;
    --status) _dadcam_words 'pending rendering completed failed cancelled' ;;
    --event) _dadcam_offer < <(_dadcam_field name clips --events) ;;
    --camera) _dadcam_offer < <(_dadcam_field name clips --cameras) ;;
    --sort) _dadcam_words 'recorded path length size id' ;;
    --zone) _dadcam_offer < <(_dadcam_zones) ;;
    --tag) _dadcam_offer < <(_dadcam_field name clips --tags) ;;
    --run) _dadcam_offer < <(_dadcam_field id export-history --status pending) ;;
  esac
}

_dadcam_argument() {
  case $command in
    '') _dadcam_words "$_dadcam_commands" ;;
    init) _dadcam_files -d ;;
    config)
      case ${#arguments[@]} in
        0) _dadcam_words 'cache-max-size zone launcher trust store' ;;
        1)
          case ${arguments[0]} in
            launcher) _dadcam_words 'srun ssh nice' ;;
            trust | store) _dadcam_files -d ;;
            zone) _dadcam_offer < <(_dadcam_zones) ;;
          esac
          ;;
      esac
      ;;
    ingest | lut-add) _dadcam_files -f ;;
    tag)
      case ${#arguments[@]} in
        0) _dadcam_words 'add remove' ;;
        1) _dadcam_offer < <({ printf '%s\n' favorite bad archived; _dadcam_field name clips --tags; } | sort -u) ;;
      esac
      ;;
    recipe-show | recipe-delete) ((${#arguments[@]} > 0)) || _dadcam_offer < <(_dadcam_field name recipe-list) ;;
    export) _dadcam_offer < <(_dadcam_field name recipe-list) ;;
    export-rerun | resume | export-cancel | export-details | export-open | export-delete)
      ((${#arguments[@]} > 0)) || _dadcam_offer < <(_dadcam_field id export-history)
      ;;
  esac
}

_dadcam() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' value_of='' word at
  local -a arguments=() library=()
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; ++at)); do
    word=${COMP_WORDS[at]}
    if [[ $word == '=' ]]; then
      continue # --option=value comes as three words
    elif [[ $value_of == --library ]]; then
      word=${word/#\~\//$HOME/}
      library=(--library "${word//[\"\'\\]/}")
      value_of=''
    elif [[ -n $value_of ]]; then
      value_of=''
    elif _dadcam_takes_value "$word"; then
      value_of=$word
    elif [[ $word == -* ]]; then
      continue
    elif [[ -z $command ]]; then
      command=$word
    else
      arguments+=("$word")
    fi
  done
  [[ $current == '=' ]] && current=''
  if [[ -n $value_of ]]; then
    _dadcam_value "$value_of"
  elif [[ $current == -* ]]; then
    _dadcam_words "$(_dadcam_options "$command") $_dadcam_global"
  else
    _dadcam_argument
  fi
}

complete -F _dadcam dadcam
