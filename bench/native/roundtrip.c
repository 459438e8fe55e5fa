/*
 * The figure of `npm run bench -- roundtrip`: event → async handler → reply through the C ABI, one after another, in
 * one process. Arguments: bundle, number of round trips. Prints one line per trip batch: microseconds per round trip.
 */
#include <ba_runtime.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCHES 20

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int replies;
static ba_status last;

static void on_reply(void *user_data, ba_status status, ba_string reply) {
  (void)user_data;
  (void)reply;
  pthread_mutex_lock(&mutex);
  last = status;
  replies += 1;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&mutex);
}

/* Waits until `count` replies have come; ends the program when one is not BA_OK. */
static void wait_for(int count) {
  pthread_mutex_lock(&mutex);
  while (replies < count) pthread_cond_wait(&changed, &mutex);
  pthread_mutex_unlock(&mutex);
  if (last != BA_OK) {
    fprintf(stderr, "status %d: %s\n", (int)last, ba_last_error());
    exit(1);
  }
}

static void check(ba_status status) {
  if (status == BA_OK) return;
  fprintf(stderr, "status %d: %s\n", (int)status, ba_last_error());
  exit(1);
}

static void on_host_call(void *user_data, uint64_t call_id, ba_string call) {
  (void)user_data;
  (void)call_id;
  (void)call;
}

static void on_log(void *user_data, ba_log_level level, ba_string message) {
  (void)user_data;
  (void)level;
  fprintf(stderr, "%.*s\n", (int)message.length, message.data);
}

static ba_string text(const char *data) {
  ba_string string;
  string.data = data;
  string.length = strlen(data);
  return string;
}

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  const int trips = atoi(argv[2]);

  ba_host_services services;
  memset(&services, 0, sizeof services);
  services.struct_size = sizeof services;
  services.on_host_call = on_host_call;
  services.on_log = on_log;
  ba_runtime_options options;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.services = &services;
  ba_runtime *runtime = NULL;
  check(ba_runtime_create(&options, &runtime));
  const char *configuration =
      "{\"mode\":\"unmanaged\",\"callbacks\":[\"downloads\",\"downloadFinished\",\"extensionWillTerminate\"],"
      "\"environment\":{\"platform\":\"macOS\",\"osVersion\":\"26.1\",\"locale\":\"en-US\"},"
      "\"bundle\":{\"infoDictionary\":{},\"appInfoDictionary\":{}},\"clockOffset\":0}";
  check(ba_runtime_load(runtime, text(argv[1]), text(configuration), 5000, on_reply, NULL));
  wait_for(1);

  ba_event event;
  memset(&event, 0, sizeof event);
  event.struct_size = sizeof event;
  event.json = text("{\"kind\":\"extensionWillTerminate\"}");
  event.deadline = 20000;
  event.on_reply = on_reply;
  for (int batch = 0, sent = 1; batch < BATCHES; batch += 1) {
    const double start = microseconds();
    for (int trip = 0; trip < trips; trip += 1) {
      check(ba_runtime_dispatch(runtime, &event));
      wait_for(++sent);
    }
    printf("%.3f\n", (microseconds() - start) / trips);
  }
  check(ba_runtime_destroy(runtime));
  return 0;
}
