/* ets: exponential smoothing in innovations state space form (Hyndman,
   Koehler, Ord and Snyder 2008, Forecasting with Exponential Smoothing). */
#ifndef ETS_H
#define ETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { ETS_MOST_PERIOD = 24, ETS_NAME_SIZE = 16, ETS_MOST_STARTS = 3 };

/* Which components: error A or M, trend N or A, season N, A or M. */
typedef struct EtsModel {
  char error, trend, season;
  bool damped;
} EtsModel;

/* A model with everything it needs to be run over a series. `season[k]` goes
   with x[k], x[k + period] ... at the start, and with the k-th value after
   the end when it stands for the end. */
typedef struct EtsState {
  EtsModel model;
  size_t period; /* 1 without season */
  double alpha, beta, gamma, phi;
  double level, slope, season[ETS_MOST_PERIOD];
} EtsState;

typedef struct EtsFit {
  EtsState start, end;
  double criterion; /* -2 log likelihood, with R's constant left out */
  double aic, aicc; /* as R's forecast::ets counts them */
  double variance;  /* of the (relative, when M) errors */
  size_t nparams;   /* parameters and free initial states */
} EtsFit;

/* Run the model over x: -2 log likelihood up to a constant, n log(sum e^2) +
   2 sum log |forecast| (the latter for M errors; book p. 68); not finite
   where a multiplicative model reaches zero. Leaves the end in `state`.
   `errors` may be NULL. */
double ets_run(EtsState *state, const double *x, size_t n, double *errors);

/* Parse "ANN", "MAdM" ...: 0, or -1 with err where it is no model of the set
   that R's ets chooses from by default (no multiplicative trend; none of the
   additive-error ones with multiplicative season). */
int ets_parse(const char *text, EtsModel *model, Err *err);

/* "ETS(M,Ad,M)" */
void ets_name(const EtsModel *model, char out[ETS_NAME_SIZE]);

/* Maximum likelihood fit. 0; -1 with err when the model does not suit the
   series (too short, not positive). The search begins at `starts` points, 1 to
   ETS_MOST_STARTS. */
int ets_fit(const EtsModel *model, const double *x, size_t n, size_t period,
            size_t starts, EtsFit *fit, Err *err);

/* The best model by AICc among the admissible ones. */
int ets_choose(const double *x, size_t n, size_t period, size_t starts,
               EtsFit *fit, Err *err);

/* Point forecasts and their standard errors: exact for additive errors, by
   the recursions of chapter 6 for M errors without M season, and by 1000
   seeded paths otherwise. */
int ets_predict(const EtsFit *fit, size_t h, double *mean, double *se,
                Err *err);

#endif
