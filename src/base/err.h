/* err: what went wrong in the world, as a code and a sentence for people. */
#ifndef ERR_H
#define ERR_H

typedef enum ErrCode {
  ERR_NONE,
  ERR_IO,    /* a file could not be opened, read or written */
  ERR_DATA,  /* the data do not say what they should */
  ERR_SQL,   /* the database refused */
  ERR_MEM,   /* no memory */
  ERR_CHILD, /* a child process failed, or took too long */
  ERR_LIMIT, /* a limit of ours was reached */
  ERR_USE    /* the caller asked for what makes no sense: bindings raise it */
} ErrCode;

/* Filled on failure only; callers pass the address of one on their stack. */
typedef struct Err {
  ErrCode code;
  char text[1000]; /* UTF-8, no full stop, never cut inside a character */
} Err;

/* Fill `err` (printf wording) and return -1, so that a caller can
   `return err_set(...)`. */
int err_set(Err *err, ErrCode code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put a place before the text ("budget.csv:17: " ...) and return -1. */
int err_at(Err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* `err_set` for a failed allocation. */
int err_memory(Err *err);

/* The word Lua gets as third result: "io", "data", "sql", "mem", ... */
const char *err_name(ErrCode code);

#endif
