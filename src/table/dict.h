/* dict: distinct texts numbered in the order of their first appearance. */
#ifndef DICT_H
#define DICT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct Dict Dict; /* reference-counted; frozen once a column has it */

enum { DICT_NONE = UINT32_MAX };

Dict *dict_new(Err *err); /* one reference, or NULL */
Dict *dict_ref(Dict *dict);
void dict_unref(Dict *dict); /* accepts NULL */

/* The code of `text`, added when new; DICT_NONE and `err` on failure. */
uint32_t dict_add(Dict *dict, const char *text, size_t len, Err *err);

/* The code of `text`, or DICT_NONE when it is not there. */
uint32_t dict_find(const Dict *dict, const char *text, size_t len);

/* The text of a code, NUL-terminated; it lives as long as the dict is not
   added to. *len may be asked for (NULL: no). */
const char *dict_text(const Dict *dict, uint32_t code, size_t *len);

uint32_t dict_count(const Dict *dict);

#endif
