# bash completion of gongkai(1)

_gongkai() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]:-} options='' values=''
	local formats='json html docx pdf xlsx csv text'

	if [ "$COMP_CWORD" -eq 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "report due fee help --version --help" -- "$word")
		return
	fi
	if [ "$command" = help ]; then
		mapfile -t COMPREPLY < <(compgen -W "report due fee" -- "$word")
		return
	fi
	if [ "$command" = report ]; then
		if [ "$COMP_CWORD" -eq 2 ]; then
			mapfile -t COMPREPLY < <(compgen -W "read check diff merge new" -- "$word")
			return
		fi
		command="report ${COMP_WORDS[2]}"
	fi
	case $command in
	'report read') options='-o --to --nth' values=$formats ;;
	'report check') options='--previous --format --jobs --min' values='text json csv html' ;;
	'report diff') options='--format' values='text json html' ;;
	'report merge') options='--body --year --units --against -o --to' values=$formats ;;
	'report new') options='--body --year -o --to' values=$formats ;;
	due) options='--received --days --stop --restart --extend --format' values='text json' ;;
	fee) options='--items --pages --format' values='text json' ;;
	esac
	case $before in
	--to | --format) mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word") ;;
	--min) mapfile -t COMPREPLY < <(compgen -W "error warning info" -- "$word") ;;
	--body | --year | --jobs | --received | --days | --stop | --restart | --extend | --items | --pages | --nth)
		COMPREPLY=() ;;
	--law) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
	*)
		if [[ $word == -* ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$options --law --help" -- "$word")
		else
			mapfile -t COMPREPLY < <(compgen -f -- "$word")
		fi
		;;
	esac
}
complete -o filenames -F _gongkai gongkai
