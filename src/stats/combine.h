/* combine: the fixed combination that `auto` is, and the plainer `comb`. */
#ifndef COMBINE_H
#define COMBINE_H

#include "stats/forecast.h"

int combine_auto(const ForecastInput *in, Forecast *out, Err *err);
int combine_plain(const ForecastInput *in, Forecast *out, Err *err);

#endif
