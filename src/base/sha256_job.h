/* sha256_job: the digest of a file, taken by a thread of its own. */
#ifndef SHA256_JOB_H
#define SHA256_JOB_H

#include "base/sha256.h"

typedef struct Sha256Job Sha256Job;

/* Begin to read the file; NULL without memory. What goes wrong is said by
   sha256_wait. */
Sha256Job *sha256_start(const char *path, Err *err);

/* The digest, as soon as it is there; it lives as long as the job. NULL on
   failure. May be asked again, by one thread at a time. */
const char *sha256_wait(Sha256Job *job, Err *err);

/* Stops the thread when it still runs. Accepts NULL. */
void sha256_job_free(Sha256Job *job);

#endif
