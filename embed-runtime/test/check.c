#include "check.h"

ba_string text(const char* zero_terminated) {
  ba_string string;
  string.data = zero_terminated;
  string.length = strlen(zero_terminated);
  return string;
}

void answer_init(answer* to) {
  memset(to, 0, sizeof *to);
  pthread_mutex_init(&to->mutex, NULL);
  pthread_cond_init(&to->changed, NULL);
}

void answer_reply(void* user_data, ba_status status, ba_string reply) {
  answer* to = user_data;
  CHECK(reply.length < sizeof to->text);
  pthread_mutex_lock(&to->mutex);
  to->replies++;
  to->status = status;
  memcpy(to->text, reply.data, reply.length);
  to->text[reply.length] = '\0';
  pthread_cond_broadcast(&to->changed);
  pthread_mutex_unlock(&to->mutex);
}

void answer_download(void* user_data, const ba_download* download) {
  answer* to = user_data;
  CHECK(download->struct_size >= sizeof(ba_download));
  pthread_mutex_lock(&to->mutex);
  CHECK(to->replies == 0);
  to->downloads++;
  pthread_mutex_unlock(&to->mutex);
}

ba_status answer_wait(answer* from) {
  ba_status status;
  pthread_mutex_lock(&from->mutex);
  while (from->replies == 0) pthread_cond_wait(&from->changed, &from->mutex);
  CHECK(from->replies == 1);
  status = from->status;
  pthread_mutex_unlock(&from->mutex);
  return status;
}

int answer_count(answer* from) {
  int count;
  pthread_mutex_lock(&from->mutex);
  count = from->replies;
  pthread_mutex_unlock(&from->mutex);
  return count;
}
