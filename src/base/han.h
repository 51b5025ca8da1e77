/* Chinese text: folding for comparison, numerals, likeness.  Pure. */
#ifndef GONGKAI_BASE_HAN_H
#define GONGKAI_BASE_HAN_H

#include "base/arena.h"
#include "base/str.h"

/* Folds text so that what a reader of Chinese takes for the same compares equal: full-width
 * ASCII to half-width; all blanks and zero-width characters dropped; quotes “”‘’「」 to " ;
 * brackets （）〔〕【】［］ to ( ) ; dashes —－–―~～ to - ; ．。 to . ; ，、； kept apart from
 * each other but ; ； and , ， : ： unified to ASCII; traditional characters to simplified
 * (those of han_traditional.inc); Latin letters to lower case. */
MUST_USE enum err han_fold(struct arena *mem, struct str s, struct str *ret);

/* Folds one character by the rules above; 0 when it is dropped. */
uint32_t han_fold_cp(uint32_t cp);

/* A whole number at the front of `s`: ASCII or full-width digits with , or ， between groups
 * of three, or Chinese numerals (〇零一二两三…九十百千万亿; also 一九八四 read digit by digit).
 * Returns how many bytes it takes, 0 when there is none or it passes 2^53.  A decimal part is
 * not taken. */
size_t han_number(struct str s, int64_t *ret_value);

/* Likeness of two texts, already folded, in permille: 2 * LCS / (|a| + |b|) in characters.
 * 1000 when equal, 0 when nothing is shared.  Texts longer than 2000 characters are compared by
 * their character bigrams (Dice), so cost stays linear. */
int han_likeness(struct str a, struct str b);

#endif
