# Completes words of sparkapp in fish.
function __sparkapp_complete
    set -l words (commandline -opc)
    for line in ($words[1] __complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c sparkapp -f -a '(__sparkapp_complete)'
