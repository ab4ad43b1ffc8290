/* forecast: every method by its name, over a series without gaps. */
#ifndef FORECAST_H
#define FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { FORECAST_NAME_SIZE = 64 };

/* What the standard errors are to be. */
typedef enum ForecastWidth {
  FORECAST_CALIBRATED, /* those of the model, wider by what its past asks for */
  FORECAST_MODEL,      /* those of the model, as in R */
  FORECAST_POINTS      /* not asked for: may be rough */
} ForecastWidth;

typedef struct ForecastInput {
  const double *x; /* n finite values, oldest first */
  size_t n;
  size_t period; /* values in a year, a week ...; 1: no season */
  size_t h;      /* how many values ahead, at least 1 */
  ForecastWidth width;
} ForecastInput;

/* What a method says: the mean of each value ahead and its standard error
   (the interval at a level is mean -+ z se). Both arrays are the caller's and
   hold h values. */
typedef struct Forecast {
  double *mean, *se;
  char name[FORECAST_NAME_SIZE]; /* the model that was chosen */
  bool adjusted;  /* the season was taken out first and put back after */
  bool positive;  /* intervals are those of a log-normal, above zero */
  bool held;      /* the model ran away and was held at a bound (bounds.h) */
  double floor;   /* intervals do not go below it: 0 or -INFINITY */
  double ceiling; /* nor above it: that of the bounds, or INFINITY */
  size_t skipped; /* values at the start that were left out */
} Forecast;

/* Of a longer series only so many values at its end are used, or ten periods
   where these are more: what lies before hardly matters, and time is
   bounded. The naive methods use all. */
enum { FORECAST_MOST_VALUES = 5000 };

/* Forecast by the method of that name; a constant series is forecast as itself
   by all of them. 0, or -1 with the reason (ERR_DATA: the series is too short
   for it, or of the wrong kind; ERR_USE: no such method). */
int forecast_run(const char *method, const ForecastInput *in, Forecast *out,
                 Err *err);

/* The interval at value i (0-based) for the normal quantile z. */
void forecast_interval(const Forecast *out, size_t i, double z, double *lower,
                       double *upper);

/* The fewest values the method takes at this period; 0: no such method. */
size_t forecast_least(const char *method, size_t period);

/* Method number i of those that can be asked for, or NULL behind the last. */
const char *forecast_method(size_t i);

/* A forecast of a series without season. */
typedef int (*ForecastPlain)(const double *x, size_t n, size_t h, double *mean,
                             double *se, Err *err);

#endif
