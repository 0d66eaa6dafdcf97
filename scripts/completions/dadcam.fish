# Fish completion of dadcam. What can stand where, the program says itself: `dadcam __complete WORD…` prints "words",
# "files" or "folders", and below it the words.

function __dadcam_complete
    set -l typed (commandline -opc) (commandline -ct)
    set -l current $typed[-1]
    set -l found (dadcam __complete $typed[2..-1] 2>/dev/null)
    # Of an option with its value, the whole word is offered.
    set -l option (string match -r -- '^--[a-z-]+=' $current; or echo)
    switch "$found[1]"
        case words
            for word in $found[2..-1]
                echo "$option$word"
            end
        case files
            __fish_complete_path $current
        case folders
            __fish_complete_directories $current ''
    end
end

complete -c dadcam -f -a '(__dadcam_complete)'
