/* gongkai due: a statutory limit, day by day, each day with its reason. */
#include "cli/due.h"

#include "cli/cli.h"
#include "format/json.h"

#define DEFAULT_DAYS 20

static const char *const formats[] = {"text", "json", NULL};

/* ---- words ---- */

static const char *weekday(struct date d)
{
	static const char *const names[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};

	return names[date_weekday(d) - 1];
}

static void add_date(struct buf *out, struct date d)
{
	buf_fmt(out, "%d年%d月%d日", d.year, d.month, d.day);
}

/* “春节，国办发明电〔2024〕12号” in brackets. */
static void add_holiday(struct buf *out, const struct workday *day)
{
	buf_c(out, "（");
	buf_add(out, day->name);
	if (!str_empty(day->source)) {
		buf_c(out, "，");
		buf_add(out, day->source);
	}
	buf_c(out, "）");
}

static void add_reason(struct buf *out, const struct term_spec *spec, const struct term_day *day)
{
	switch (day->why) {
	case TERM_VOID:
		buf_c(out, "期限自");
		add_date(out, spec->restart);
		buf_c(out, "的次一工作日起重新计算，此前不计");
		return;
	case TERM_STOPPED:
		buf_c(out, "征求意见期间，不计入期限");
		return;
	case TERM_COUNTED:
	case TERM_CLOSED:
	default:
		break;
	}
	switch (day->day.kind) {
	case DAY_MAKEUP:
		buf_c(out, "调休上班");
		add_holiday(out, &day->day);
		break;
	case DAY_HOLIDAY:
		buf_c(out, "节假日");
		add_holiday(out, &day->day);
		break;
	case DAY_WEEKEND:
		buf_c(out, "周末");
		break;
	case DAY_WORK:
	default:
		buf_c(out, "工作日");
		break;
	}
}

/* One sentence that leads from receipt to the due date. */
static void add_why(struct buf *out, const struct term_spec *spec, const struct term *term)
{
	add_date(out, spec->received);
	buf_c(out, "收到，当日不计；");
	if (!date_none(spec->restart)) {
		add_date(out, spec->restart);
		buf_fmt(out, "收到补正或者缴费，%u个工作日自次一工作日起重新计算", spec->days);
	} else {
		buf_fmt(out, "自次一工作日起计算%u个工作日", spec->days);
	}
	if (spec->extend > 0)
		buf_fmt(out, "，延长%u个工作日", spec->extend);
	if (term->stopped > 0)
		buf_fmt(out, "，征求意见的%u个工作日不计入", term->stopped);
	buf_c(out, "；期限于");
	add_date(out, term->due);
	buf_fmt(out, "（%s）届满。", weekday(term->due));
}

static bool stop_counts(const struct term *term, const struct term_stop *stop)
{
	for (size_t i = 0; i < term->n; i++)
		if (term->list[i].why == TERM_STOPPED &&
		    date_cmp(term->list[i].date, stop->from) > 0 &&
		    date_cmp(term->list[i].date, stop->to) <= 0)
			return true;
	return false;
}

/* What the caller should know though the days are reckoned as asked.  Note number `nth` (from
 * 0) is added to `out`; false beyond the last. */
static bool add_note(struct buf *out, const struct law *law, const struct term_spec *spec,
		     const struct term *term, size_t nth)
{
	const struct law_limit *most = law_limit(law, STR("extension"), spec->received);
	char a[DATE_TEXT_BYTES], b[DATE_TEXT_BYTES];

	if (most != NULL && spec->extend > most->count && nth-- == 0) {
		buf_fmt(out, "延长%u个工作日，超过上限%u个工作日（" STR_FMT "）。", spec->extend,
			most->count, STR_ARG(most->authority));
		return true;
	}
	for (size_t i = 0; i < spec->n_stops; i++) {
		const struct term_stop *stop = &spec->stops[i];

		if (!stop_counts(term, stop) && nth-- == 0) {
			buf_fmt(out, "%s至%s的征求意见期间不影响本期限。", date_text(stop->from, a),
				date_text(stop->to, b));
			return true;
		}
	}
	return false;
}

/* ---- output ---- */

void due_text(const struct law *law, const struct term_spec *spec, const struct term *term,
	      struct buf *out)
{
	char text[DATE_TEXT_BYTES];

	buf_fmt(out, "%s %s 不计         收到之日，不计入期限\n", date_text(spec->received, text),
		weekday(spec->received));
	for (size_t i = 0; i < term->n; i++) {
		const struct term_day *day = &term->list[i];

		buf_fmt(out, "%s %s ", date_text(day->date, text), weekday(day->date));
		if (day->why == TERM_COUNTED)
			buf_fmt(out, "计入 第%3u日 ", day->n);
		else
			buf_c(out, "不计         ");
		add_reason(out, spec, day);
		buf_ch(out, '\n');
	}
	buf_fmt(out, "\n届满之日：%s（%s）\n", date_text(term->due, text), weekday(term->due));
	add_why(out, spec, term);
	buf_ch(out, '\n');
	for (size_t nth = 0;; nth++) {
		AUTO_BUF(note, LIMIT_PARA_BYTES);

		if (!add_note(&note, law, spec, term, nth))
			break;
		buf_c(out, "注意：");
		buf_add(out, buf_str(&note));
		buf_ch(out, '\n');
	}
}

static void json_days(struct json *j, const struct term_spec *spec, const struct term *term)
{
	AUTO_BUF(words, LIMIT_PARA_BYTES);
	char text[DATE_TEXT_BYTES];

	json_key(j, STR("days"));
	json_array(j);
	for (size_t i = 0; i < term->n; i++) {
		const struct term_day *day = &term->list[i];

		json_object(j);
		json_member_str(j, "date", str_c(date_text(day->date, text)));
		json_member_bool(j, "counted", day->why == TERM_COUNTED);
		if (day->why == TERM_COUNTED)
			json_member_int(j, "n", day->n);
		else
			json_member_null(j, "n");
		buf_clear(&words);
		add_reason(&words, spec, day);
		json_member_str(j, "reason", buf_str(&words));
		json_object_end(j);
		if (buf_end(&words) != ERR_OK)
			buf_fail(j->out, buf_end(&words));
	}
	json_array_end(j);
}

enum err due_json(const struct law *law, const struct term_spec *spec, const struct term *term,
		  struct buf *out)
{
	struct json j = json_on(out);
	AUTO_BUF(words, LIMIT_PARA_BYTES);
	char text[DATE_TEXT_BYTES];
	enum err e;

	json_object(&j);
	json_member_str(&j, "schema", STR("gongkai-due/1"));
	json_member_str(&j, "due", str_c(date_text(term->due, text)));
	json_days(&j, spec, term);
	add_why(&words, spec, term);
	json_member_str(&j, "why", buf_str(&words));
	json_key(&j, STR("notes"));
	json_array(&j);
	for (size_t nth = 0;; nth++) {
		buf_clear(&words);
		if (!add_note(&words, law, spec, term, nth))
			break;
		json_put_str(&j, buf_str(&words));
	}
	json_array_end(&j);
	json_object_end(&j);
	e = json_end(&j);
	buf_ch(out, '\n');
	return e != ERR_OK ? e : buf_end(&words);
}

/* ---- the call ---- */

enum err due_parse_stop(struct str s, struct term_stop *ret)
{
	size_t at = str_find(s, STR(".."), 0);
	struct term_stop stop;

	if (at == STR_NPOS || date_parse(str_sub(s, 0, at), &stop.from) != ERR_OK ||
	    date_parse(str_from(s, at + 2), &stop.to) != ERR_OK)
		return ERR_INPUT;
	*ret = stop;
	return ERR_OK;
}

/* A date option; left alone when it was not given. */
static enum err date_option(const struct cli_args *args, const char *name, struct date *ret)
{
	const char *text = cli_value(args, name);

	if (text == NULL || date_parse(str_c(text), ret) == ERR_OK)
		return ERR_OK;
	cli_say(NULL, "%s takes a day as YYYY-MM-DD, not '%s'", name, text);
	return ERR_INPUT;
}

static enum err parse_stops(const struct cli_args *args, struct arena *mem, struct term_spec *spec)
{
	struct term_stop *list = NULL, *stop;
	const char *text;
	size_t n = 0, cap = 0;

	while ((text = cli_value_nth(args, "--stop", n)) != NULL) {
		stop = ARENA_PUSH(mem, &list, &n, &cap, LIMIT_TERM_DAYS);
		if (stop == NULL)
			return arena_err(mem);
		if (due_parse_stop(str_c(text), stop) != ERR_OK) {
			cli_say(NULL, "--stop takes FROM..TO, two days as YYYY-MM-DD, not '%s'",
				text);
			return ERR_INPUT;
		}
	}
	spec->stops = list;
	spec->n_stops = n;
	return ERR_OK;
}

static enum err parse_call(const struct cli_args *args, struct arena *mem, struct term_spec *spec,
			   bool *days_given, int *format)
{
	int64_t days = DEFAULT_DAYS, extend = 0;

	if (cli_value(args, "--received") == NULL) {
		cli_say(NULL, "usage: gongkai %s %s", args->command->name, args->command->synopsis);
		return ERR_INPUT;
	}
	if (cli_choice(args, "--format", formats, format) != ERR_OK ||
	    cli_int(args, "--days", 1, LIMIT_TERM_DAYS, &days) != ERR_OK ||
	    cli_int(args, "--extend", 0, LIMIT_TERM_DAYS, &extend) != ERR_OK ||
	    date_option(args, "--received", &spec->received) != ERR_OK ||
	    date_option(args, "--restart", &spec->restart) != ERR_OK)
		return ERR_INPUT;
	*days_given = cli_value(args, "--days") != NULL;
	spec->days = (unsigned)days;
	spec->extend = (unsigned)extend;
	return parse_stops(args, mem, spec);
}

static int answer(const struct law *law, struct term_spec *spec, bool days_given, int format,
		  struct arena *mem)
{
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	const struct law_limit *reply = law_limit(law, STR("reply"), spec->received);
	struct diag diag = DIAG_INIT;
	struct term term;
	enum err e;

	if (!days_given && reply != NULL && reply->unit == UNIT_WORKDAYS)
		spec->days = reply->count;
	e = term_lay(law_workdays(law), spec, mem, &diag, &term);
	if (e == ERR_INPUT || e == ERR_ABSENT || e == ERR_LIMIT) {
		(void)cli_fail(NULL, e, &diag);
		return EXIT_USAGE; /* it asks for what cannot be answered */
	}
	if (e == ERR_OK && format == 1)
		e = due_json(law, spec, &term, &out);
	else if (e == ERR_OK)
		due_text(law, spec, &term, &out);
	if (e == ERR_OK)
		e = buf_end(&out);
	return e == ERR_OK ? cli_write(NULL, buf_str(&out)) : cli_fail(NULL, e, &diag);
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct term_spec spec = {.received = DATE_NONE, .restart = DATE_NONE};
	struct diag diag = DIAG_INIT;
	const struct law *law;
	bool days_given = false;
	int format = 0;
	enum err e;

	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	e = parse_call(args, mem, &spec, &days_given, &format);
	if (e != ERR_OK)
		return e == ERR_INPUT ? EXIT_USAGE : cli_fail(NULL, e, NULL);
	e = law_load(env->law_dir, mem, &diag, &law);
	if (e != ERR_OK)
		return cli_fail(NULL, e, &diag);
	return answer(law, &spec, days_given, format, mem);
}

static const struct cli_option options[] = {
	{"--received", "DATE", "day of receipt, YYYY-MM-DD; it does not count", false},
	{"--days", "N", "working days of the limit (20)", false},
	{"--stop", "FROM..TO", "an opinion was asked for on FROM and came on TO", true},
	{"--restart", "DATE", "day the correction or the payment came: the full term begins anew",
	 false},
	{"--extend", "N", "working days added", false},
	{"--format", "text|json", "how to print (text)", false},
};

const struct cli_command cmd_due = {
	.name = "due",
	.synopsis = "--received DATE [--days N] [--stop FROM..TO]... [--restart DATE] [--extend N] "
		    "[--format text|json]",
	.summary = "a statutory limit, day by day, each day with its reason",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.run = run,
};
