/* The fee for excess applications, band by band.  Amounts are whole fen. */
#include "law/law_int.h"

/* Adds the numbers from..to of one price to the steps. */
static enum err step_add(struct fee *fee, struct fee_step **steps, size_t *cap, struct arena *mem,
			 struct fee_step step)
{
	struct fee_step *put;

	if (step.each_fen == 0 || step.to < step.from)
		return ERR_OK;
	if (__builtin_mul_overflow(step.each_fen, step.to - step.from + 1, &step.amount_fen) ||
	    __builtin_add_overflow(fee->total_fen, step.amount_fen, &fee->total_fen))
		return ERR_LIMIT;
	put = ARENA_PUSH(mem, steps, &fee->n_steps, cap, LIMIT_FEE_COUNT);
	if (put == NULL)
		return arena_err(mem);
	*put = step;
	return ERR_OK;
}

/* One band as far as `count` reaches; an open band that rises gives a step for each price. */
static enum err band_add(const struct law_tariff *band, int64_t count, struct fee *fee,
			 struct fee_step **steps, size_t *cap, struct arena *mem)
{
	int64_t end = band->last != 0 && band->last < count ? band->last : count;
	int64_t each = band->each_fen, from = band->first;
	enum err e = ERR_OK;

	while (e == ERR_OK && from <= end) {
		int64_t to = band->rise_every ? from + band->rise_every - 1 : end;

		e = step_add(fee, steps, cap, mem,
			     (struct fee_step){from, to < end ? to : end, each, 0});
		from = to + 1;
		each += band->rise_fen;
	}
	return e;
}

enum err law_fee(const struct law *law, enum fee_kind kind, int64_t count, struct date on,
		 struct arena *mem, struct diag *diag, struct fee *ret)
{
	struct fee fee = {.total_fen = 0};
	struct fee_step *steps = NULL;
	size_t cap = 0;
	bool known = false;
	char text[DATE_TEXT_BYTES];
	enum err e = ERR_OK;

	if (count < 0)
		return diag_set(diag, ERR_INPUT, "a count is not below 0");
	if (count > LIMIT_FEE_COUNT)
		return diag_set(diag, ERR_LIMIT, "a fee is reckoned for at most %d",
				LIMIT_FEE_COUNT);
	for (size_t i = 0; e == ERR_OK && i < law->n_tariffs; i++) {
		const struct law_tariff *band = &law->tariffs[i];

		if (band->kind != kind || !law_in_force(band->period, on))
			continue;
		known = true;
		fee.authority = band->authority;
		e = band_add(band, count, &fee, &steps, &cap, mem);
	}
	if (e != ERR_OK)
		return e == ERR_LIMIT ? diag_set(diag, e, "the amount is too large") : e;
	if (!known)
		return diag_set(diag, ERR_ABSENT, "no tariff is in force on %s",
				date_text(on, text));
	fee.steps = steps;
	*ret = fee;
	return ERR_OK;
}
