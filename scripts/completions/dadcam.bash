# shellcheck shell=bash
# Bash completion of dadcam. What can stand where, the program says itself: `dadcam __complete WORD…` prints "words",
# "files" or "folders", and below it the words.

# A word as the shell would read it, though its quotes may be open: in `unquoted`.
_dadcam_unquote() {
  local text=$1 quote='' c at
  unquoted=''
  for ((at = 0; at < ${#text}; ++at)); do
    c=${text:at:1}
    if [[ $quote == \' ]]; then
      if [[ $c == \' ]]; then quote=''; else unquoted+=$c; fi
    elif [[ $c == \\ ]]; then
      ((++at < ${#text})) && unquoted+=${text:at:1}
    elif [[ -n $quote && $c == "$quote" ]]; then
      quote=''
    elif [[ -z $quote && ($c == \" || $c == \') ]]; then
      quote=$c
    else
      unquoted+=$c
    fi
  done
  [[ $unquoted == '~/'* ]] && unquoted=$HOME/${unquoted#'~/'}
}

# Those of the lines on standard input that begin with what is typed, quoted as that is, without the part of it that bash
# does not take for the word.
_dadcam_offer() {
  local line
  local -a plain=()
  while IFS= read -r line; do
    [[ $line == "$typed"* ]] || continue
    line=${line#"$before"}
    case $current in
      \"*)
        line=${line//\\/\\\\} line=${line//\"/\\\"} line=${line//\$/\\\$} line=${line//\`/\\\`}
        # Bash closes the quotes, but for a word that seems to end with one.
        [[ $line == *\" ]] && line+=\"
        COMPREPLY+=("$line")
        ;;
      \'*)
        [[ $line == *\' ]] && line+=$'\n'
        line=${line//\'/\'\\\'\'}
        COMPREPLY+=("${line/$'\n'/\'}")
        ;;
      # Not printf %q: where the locale is C it has octal numbers for the letters of other alphabets.
      *) plain+=("$line") ;;
    esac
  done
  if ((${#plain[@]} > 0)); then
    mapfile -t COMPREPLY < <(printf '%s\n' "${plain[@]}" | LC_ALL=C sed 's/[^[:alnum:]_./%+,\x80-\xff-]/\\&/g')
  fi
}

_dadcam() {
  local current typed before at word kind unquoted
  local -a words=()
  COMPREPLY=()
  # Bash breaks words at "=", ":" and "@", which are nothing to dadcam: they are put together again.
  for ((at = 1; at <= COMP_CWORD; ++at)); do
    word=${COMP_WORDS[at]}
    if ((at > 1)) && [[ $word == [:=@]* || ${COMP_WORDS[at - 1]} == [:=@] ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  current=${COMP_WORDS[COMP_CWORD]}
  [[ $current == [:=@] ]] && current=''
  _dadcam_unquote "${words[-1]%"$current"}"
  before=$unquoted
  for at in "${!words[@]}"; do
    _dadcam_unquote "${words[at]}"
    words[at]=$unquoted
  done
  typed=$unquoted
  # Of an option with its value, the value is offered.
  [[ $typed == --*=* ]] && typed=${typed#--*=} before=${before#--*=}
  {
    read -r kind
    case $kind in
      words) _dadcam_offer ;;
      files | folders)
        compopt -o filenames 2>/dev/null
        local flag=-f
        [[ $kind == folders ]] && flag=-d
        mapfile -t COMPREPLY < <(compgen $flag -- "$typed")
        COMPREPLY=("${COMPREPLY[@]#"$before"}")
        ;;
    esac
  } < <(dadcam __complete "${words[@]}" 2>/dev/null)
}

complete -F _dadcam dadcam
