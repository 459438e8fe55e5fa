/* What the C tests share: checks, and answers that can be waited for. */
#ifndef BA_TEST_CHECK_H
#define BA_TEST_CHECK_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ba_runtime.h"

#define CHECK(condition)                                                                            \
  do {                                                                                              \
    if (!(condition)) {                                                                             \
      fprintf(stderr, "%s:%d: not so: %s (%s)\n", __FILE__, __LINE__, #condition, ba_last_error()); \
      exit(1);                                                                                      \
    }                                                                                               \
  } while (0)
#define CHECK_STATUS(call, expected)                                                                       \
  do {                                                                                                     \
    const ba_status status_ = (call);                                                                      \
    if (status_ != (expected)) {                                                                           \
      fprintf(stderr, "%s:%d: %s is %d, not %s: %s\n", __FILE__, __LINE__, #call, (int)status_, #expected, \
              ba_last_error());                                                                            \
      exit(1);                                                                                             \
    }                                                                                                      \
  } while (0)
#define CHECK_TEXT(actual, expected)                                                                         \
  do {                                                                                                       \
    if (strcmp((actual), (expected)) != 0) {                                                                 \
      fprintf(stderr, "%s:%d: %s\n  is  %s\n  not %s\n", __FILE__, __LINE__, #actual, (actual), (expected)); \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

/* The answer to a load or an event, and the downloads before it. */
typedef struct answer {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int replies;
  int downloads;
  ba_status status;
  char text[4096];
} answer;

ba_string text(const char* zero_terminated);
void answer_init(answer* to);
/* ba_reply_callback; user_data: an answer. */
void answer_reply(void* user_data, ba_status status, ba_string reply);
/* ba_download_callback; user_data: an answer. */
void answer_download(void* user_data, const ba_download* download);
/* Returns the status of the one reply, when it has come. */
ba_status answer_wait(answer* from);
/* How many replies have come by now. */
int answer_count(answer* from);

#endif
