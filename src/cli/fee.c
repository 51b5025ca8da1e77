/* gongkai fee: 信息处理费 by the tariff in force, with the steps. */
#include "cli/cli.h"
#include "cli/due.h"
#include "format/json.h"

#define YUAN_BYTES 32

static const char *const formats[] = {"text", "json", NULL};

static const char *yuan(int64_t fen, char ret[YUAN_BYTES])
{
	snprintf(ret, YUAN_BYTES, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
	return ret;
}

void fee_text(enum fee_kind kind, int64_t count, const struct fee *fee, struct buf *out)
{
	const char *unit = kind == FEE_ITEMS ? "件" : "页";
	char a[YUAN_BYTES], b[YUAN_BYTES];

	buf_fmt(out, "信息处理费，%s计收，%lld%s：\n", kind == FEE_ITEMS ? "按件" : "按量",
		(long long)count, unit);
	if (fee->n_steps == 0)
		buf_c(out, "未超出免费范围，不收费。\n");
	for (size_t i = 0; i < fee->n_steps; i++) {
		const struct fee_step *s = &fee->steps[i];

		buf_fmt(out, "第%lld至%lld%s：%lld%s × %s元 = %s元\n", (long long)s->from,
			(long long)s->to, unit, (long long)(s->to - s->from + 1), unit,
			yuan(s->each_fen, a), yuan(s->amount_fen, b));
	}
	buf_fmt(out, "合计：%s元\n依据：" STR_FMT "\n", yuan(fee->total_fen, a),
		STR_ARG(fee->authority));
}

enum err fee_json(const struct fee *fee, struct buf *out)
{
	struct json j = json_on(out);
	char text[YUAN_BYTES];
	enum err e;

	json_object(&j);
	json_member_str(&j, "schema", STR("gongkai-fee/1"));
	json_member_str(&j, "total", str_c(yuan(fee->total_fen, text)));
	json_key(&j, STR("steps"));
	json_array(&j);
	for (size_t i = 0; i < fee->n_steps; i++) {
		const struct fee_step *s = &fee->steps[i];

		json_object(&j);
		json_member_int(&j, "from", s->from);
		json_member_int(&j, "to", s->to);
		json_member_str(&j, "each", str_c(yuan(s->each_fen, text)));
		json_member_str(&j, "amount", str_c(yuan(s->amount_fen, text)));
		json_object_end(&j);
	}
	json_array_end(&j);
	json_member_str(&j, "authority", fee->authority);
	json_object_end(&j);
	e = json_end(&j);
	buf_ch(out, '\n');
	return e;
}

static int answer(const struct law *law, enum fee_kind kind, int64_t count, struct date today,
		  bool as_json, struct arena *mem)
{
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	struct diag diag = DIAG_INIT;
	struct fee fee;
	enum err e = law_fee(law, kind, count, today, mem, &diag, &fee);

	if (e == ERR_INPUT || e == ERR_ABSENT || e == ERR_LIMIT) {
		(void)cli_fail(NULL, e, &diag);
		return EXIT_USAGE;
	}
	if (e == ERR_OK && as_json)
		e = fee_json(&fee, &out);
	else if (e == ERR_OK)
		fee_text(kind, count, &fee, &out);
	if (e == ERR_OK)
		e = buf_end(&out);
	return e == ERR_OK ? cli_write(NULL, buf_str(&out)) : cli_fail(NULL, e, &diag);
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	bool pages = cli_value(args, "--pages") != NULL;
	struct diag diag = DIAG_INIT;
	const struct law *law;
	int64_t count = 0;
	int format = 0;
	enum err e;

	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	if (pages == (cli_value(args, "--items") != NULL)) {
		cli_say(NULL, "usage: gongkai %s %s", args->command->name, args->command->synopsis);
		return EXIT_USAGE;
	}
	if (cli_choice(args, "--format", formats, &format) != ERR_OK ||
	    cli_int(args, pages ? "--pages" : "--items", 0, LIMIT_FEE_COUNT, &count) != ERR_OK)
		return EXIT_USAGE;
	e = law_load(env->law_dir, mem, &diag, &law);
	if (e != ERR_OK)
		return cli_fail(NULL, e, &diag);
	return answer(law, pages ? FEE_PAGES : FEE_ITEMS, count, env->today, format == 1, mem);
}

static const struct cli_option options[] = {
	{"--items", "N", "applications of one applicant in one month", false},
	{"--pages", "N", "pages of one application", false},
	{"--format", "text|json", "how to print (text)", false},
};

const struct cli_command cmd_fee = {
	.name = "fee",
	.synopsis = "(--items N | --pages N) [--format text|json]",
	.summary = "the fee for excess applications by the tariff in force, with the steps",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.run = run,
};
