/* Bytes of any kind -> the reports in them. */
#include "report/load.h"

static enum err too_large(struct diag *diag)
{
	return diag_set(
		diag, ERR_LIMIT,
		"larger than a report can be: more than %d sections, %d paragraphs, %zu MiB "
		"in one paragraph or %zu MiB of memory; give the report alone",
		LIMIT_SECTIONS, LIMIT_DOC_BLOCKS, LIMIT_PARA_BYTES / MIB,
		LIMIT_DOC_MEMORY_BYTES / MIB);
}

static enum err load_json(struct str bytes, const struct read_env *env, struct arena *mem,
			  struct diag *diag, struct report_list *ret)
{
	struct report **one = ARENA_ARRAY(mem, struct report *, 1);
	enum err e;

	if (one == NULL)
		return arena_err(mem);
	e = report_json_read(bytes, env->law, mem, diag, one);
	if (e == ERR_OK)
		*ret = (struct report_list){one, 1, NO_REPORT_OK};
	return e == ERR_LIMIT ? too_large(diag) : e;
}

enum err report_load(struct str bytes, const struct read_env *env, struct arena *mem,
		     struct diag *diag, enum file_kind *ret_kind, struct report_list *ret)
{
	struct doc *doc;
	enum err e;

	*ret = (struct report_list){NULL, 0, NO_REPORT_NONE};
	*ret_kind = file_sniff(bytes);
	if (*ret_kind == FILE_JSON)
		return load_json(bytes, env, mem, diag, ret);
	e = reader_read(bytes, env, mem, diag, &doc);
	if (e == ERR_OK)
		e = report_recognise(doc, env->law, mem, diag, ret);
	if (e == ERR_OK && ret->n == 0)
		return diag_set(diag, ERR_INPUT,
				"holds no annual report"); /* keeps what was said */
	return e == ERR_LIMIT ? too_large(diag) : e;
}
