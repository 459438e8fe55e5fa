/*
 * Every promise of ba_runtime.h, in the language of its callers.
 *
 *   abi_test GUEST FIFO     GUEST: test/fixtures/guest.cjs; FIFO: a named pipe that nobody writes to
 */
#define _POSIX_C_SOURCE 200809L
#include <time.h>
#include <unistd.h>

#include "check.h"

static const char* guest;
static const char* fifo;

/* ---- the host's side */

typedef struct host {
  ba_runtime* runtime;
  int host_calls;
  uint64_t last_call;
  int answers_calls;
  int logs;
  ba_log_level last_level;
  char last_log[256];
} host;

static void on_host_call(void* user_data, uint64_t call_id, ba_string call) {
  host* self = user_data;
  char reply[256];
  self->host_calls++;
  self->last_call = call_id;
  if (!self->answers_calls) return;
  snprintf(reply, sizeof reply, "{\"ok\":true,\"value\":%.*s}", (int)call.length, call.data);
  CHECK_STATUS(ba_runtime_answer_host_call(self->runtime, call_id, text(reply)), BA_OK);
}

static void on_log(void* user_data, ba_log_level level, ba_string message) {
  host* self = user_data;
  CHECK(message.length < sizeof self->last_log);
  self->logs++;
  self->last_level = level;
  memcpy(self->last_log, message.data, message.length);
  self->last_log[message.length] = '\0';
}

static ba_runtime* create(host* self, uint32_t queue_capacity) {
  ba_host_services services;
  ba_runtime_options options;
  memset(&services, 0, sizeof services);
  services.struct_size = sizeof services;
  services.on_host_call = on_host_call;
  services.on_log = on_log;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.services = &services;
  options.user_data = self;
  options.heap_megabytes = 32;
  options.queue_capacity = queue_capacity;
  memset(self, 0, sizeof *self);
  self->answers_calls = 1;
  CHECK_STATUS(ba_runtime_create(&options, &self->runtime), BA_OK);
  return self->runtime;
}

static ba_status load_from(ba_runtime* runtime, const char* path, uint32_t deadline, answer* loaded) {
  answer_init(loaded);
  CHECK_STATUS(ba_runtime_load(runtime, text(path), text("{\"mode\":\"unmanaged\"}"), deadline, answer_reply, loaded),
               BA_OK);
  return answer_wait(loaded);
}

static ba_runtime* start(host* self) {
  answer loaded;
  ba_runtime* runtime = create(self, 0);
  CHECK_STATUS(load_from(runtime, guest, 0, &loaded), BA_OK);
  CHECK_TEXT(loaded.text, "{\"callbacks\":[\"downloads\"]}");
  return runtime;
}

static ba_status dispatch(ba_runtime* runtime, const char* json, uint32_t deadline, answer* to) {
  ba_event event;
  answer_init(to);
  memset(&event, 0, sizeof event);
  event.struct_size = sizeof event;
  event.json = text(json);
  event.deadline = deadline;
  event.on_download = answer_download;
  event.on_reply = answer_reply;
  event.user_data = to;
  return ba_runtime_dispatch(runtime, &event);
}

static ba_status run(ba_runtime* runtime, const char* json, uint32_t deadline, answer* to) {
  CHECK_STATUS(dispatch(runtime, json, deadline, to), BA_OK);
  return answer_wait(to);
}

static void finish(ba_runtime* runtime) {
  CHECK_STATUS(ba_runtime_stop(runtime, 5000), BA_OK);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_OK);
}

static double now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* ---- the phases */

static void versions(void) {
  CHECK(ba_abi_version() == BA_ABI_VERSION);
  CHECK_TEXT(ba_engine_name(), "node");
  CHECK(ba_engine_version()[0] >= '1' && ba_engine_version()[0] <= '9');
}

static void arguments(void) {
  ba_runtime* runtime = NULL;
  ba_runtime_options options;
  ba_host_services services;
  ba_event event;
  ba_string broken;
  answer unused;
  host self;
  memset(&options, 0, sizeof options);
  CHECK_STATUS(ba_runtime_create(NULL, &runtime), BA_ERROR_INVALID_ARGUMENT);
  CHECK_STATUS(ba_runtime_create(&options, &runtime), BA_ERROR_INVALID_ARGUMENT);
  options.struct_size = sizeof options - 1;
  CHECK_STATUS(ba_runtime_create(&options, &runtime), BA_ERROR_INVALID_ARGUMENT);
  options.struct_size = sizeof options;
  CHECK_STATUS(ba_runtime_create(&options, NULL), BA_ERROR_INVALID_ARGUMENT);
  options.stack_size = 1024;
  CHECK_STATUS(ba_runtime_create(&options, &runtime), BA_ERROR_INVALID_ARGUMENT);
  CHECK_TEXT(ba_last_error(), "stack_size is below 1 MiB.");
  options.stack_size = 0;
  memset(&services, 0, sizeof services);
  options.services = &services;
  CHECK_STATUS(ba_runtime_create(&options, &runtime), BA_ERROR_INVALID_ARGUMENT);
  CHECK(runtime == NULL);

  runtime = create(&self, 0);
  CHECK_TEXT(ba_last_error(), "");
  CHECK_STATUS(ba_runtime_load(runtime, text(""), text("{}"), 0, answer_reply, &unused), BA_ERROR_INVALID_ARGUMENT);
  CHECK_STATUS(ba_runtime_load(runtime, text(guest), text("{}"), 0, NULL, NULL), BA_ERROR_INVALID_ARGUMENT);
  broken.data = NULL;
  broken.length = 1;
  CHECK_STATUS(ba_runtime_load(runtime, text(guest), broken, 0, answer_reply, &unused), BA_ERROR_INVALID_ARGUMENT);
  CHECK_STATUS(ba_runtime_dispatch(runtime, NULL), BA_ERROR_INVALID_ARGUMENT);
  memset(&event, 0, sizeof event);
  CHECK_STATUS(ba_runtime_dispatch(runtime, &event), BA_ERROR_INVALID_ARGUMENT);
  event.struct_size = sizeof event;
  CHECK_STATUS(ba_runtime_dispatch(runtime, &event), BA_ERROR_INVALID_ARGUMENT);
  CHECK_STATUS(ba_runtime_answer_host_call(runtime, 1, text("{}")), BA_ERROR_INVALID_ARGUMENT);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_OK);
}

static void handles(void) {
  host self;
  answer unused;
  char foreign;
  ba_runtime* runtime = create(&self, 0);
  CHECK_STATUS(ba_runtime_stop(NULL, 0), BA_ERROR_INVALID_HANDLE);
  CHECK_STATUS(ba_runtime_destroy(NULL), BA_OK);
  CHECK_STATUS(ba_runtime_stop((ba_runtime*)(void*)&foreign, 0), BA_ERROR_INVALID_HANDLE);
  CHECK_STATUS(ba_runtime_destroy((ba_runtime*)(void*)&foreign), BA_ERROR_INVALID_HANDLE);
  CHECK_TEXT(ba_last_error(), "The handle names no runtime.");
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_OK);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_ERROR_INVALID_HANDLE);
  CHECK_TEXT(ba_last_error(), "The runtime was destroyed.");
  CHECK_STATUS(dispatch(runtime, "{}", 0, &unused), BA_ERROR_INVALID_HANDLE);
  CHECK_STATUS(ba_runtime_load(runtime, text(guest), text("{}"), 0, answer_reply, &unused), BA_ERROR_INVALID_HANDLE);
}

static void wrong_orders(void) {
  host self;
  answer loaded, early, late;
  ba_runtime* runtime = create(&self, 0);
  CHECK_STATUS(dispatch(runtime, "{}", 0, &early), BA_ERROR_WRONG_STATE);
  answer_init(&loaded);
  CHECK_STATUS(ba_runtime_load(runtime, text(guest), text("{}"), 0, answer_reply, &loaded), BA_OK);
  CHECK_STATUS(ba_runtime_load(runtime, text(guest), text("{}"), 0, answer_reply, &late), BA_ERROR_WRONG_STATE);
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"echo\",\"value\":1}", 0, &early), BA_OK);
  CHECK_STATUS(answer_wait(&early), BA_OK); /* waited for the load */
  CHECK(answer_count(&loaded) == 1);
  CHECK_STATUS(ba_runtime_stop(runtime, 5000), BA_OK);
  CHECK_STATUS(ba_runtime_stop(runtime, 5000), BA_OK);
  CHECK_STATUS(dispatch(runtime, "{}", 0, &late), BA_ERROR_WRONG_STATE);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_OK);

  runtime = create(&self, 0);
  CHECK_STATUS(ba_runtime_stop(runtime, 0), BA_OK);
  CHECK_STATUS(ba_runtime_load(runtime, text(guest), text("{}"), 0, answer_reply, &late), BA_ERROR_WRONG_STATE);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_OK);
}

static void events(void) {
  host self;
  answer reply;
  const double before = now_ms();
  ba_runtime* runtime = start(&self);
  printf("  first answer to a load after %.1f ms\n", now_ms() - before);
  CHECK(self.logs == 1 && self.last_level == BA_LOG_DEFAULT);
  CHECK_TEXT(self.last_log, "evaluated undefined"); /* no WebAssembly: --jitless holds */
  CHECK_STATUS(run(runtime, "{\"action\":\"echo\",\"value\":\"zw\xc3\xb6lf\"}", 5000, &reply), BA_OK);
  CHECK_TEXT(reply.text, "\"zw\xc3\xb6lf\"");
  CHECK_STATUS(run(runtime, "{\"action\":\"configuration\"}", 5000, &reply), BA_OK);
  CHECK_TEXT(reply.text, "{\"mode\":\"unmanaged\"}");
  CHECK_STATUS(run(runtime, "{\"action\":\"downloads\",\"count\":1000}", 5000, &reply), BA_OK);
  CHECK(reply.downloads == 1000);
  CHECK_STATUS(run(runtime, "{\"action\":\"replyTwice\"}", 5000, &reply), BA_OK);
  CHECK_TEXT(reply.text, "\"first\"");
  CHECK_STATUS(run(runtime, "{\"action\":\"recurse\"}", 5000, &reply), BA_OK);
  CHECK_TEXT(reply.text, "{\"error\":\"Maximum call stack size exceeded\"}");
  CHECK_STATUS(run(runtime, "{\"action\":\"log\",\"level\":4,\"message\":\"fault\"}", 5000, &reply), BA_OK);
  CHECK(self.last_level == BA_LOG_FAULT);
  CHECK_TEXT(self.last_log, "fault");
  CHECK_STATUS(run(runtime, "{\"action\":\"heapLimit\"}", 5000, &reply), BA_OK);
  CHECK(atof(reply.text) >= 32 && atof(reply.text) < 40);
  finish(runtime);
}

static void download_fields(void* user_data, const ba_download* download) {
  answer_download(user_data, download);
  CHECK(strncmp(download->identifier.data, "level-0", download->identifier.length) == 0);
  CHECK(strncmp(download->url.data, "https://assets.example.com/a.pak", download->url.length) == 0);
  CHECK(download->file_size == UINT64_C(1) << 40);
  CHECK(download->essential == 1 && download->priority == BA_PRIORITY_MAX);
  CHECK(strncmp(download->method.data, "POST", download->method.length) == 0);
  CHECK(download->header_count == 2);
  CHECK(strncmp(download->headers[1].name.data, "X-Two", download->headers[1].name.length) == 0);
  CHECK(download->headers[1].value.length == strlen("zw\xc3\xb6lf"));
  CHECK(download->timeout_interval == 1500);
  CHECK(download->allows_cellular_access == BA_YES);
  CHECK(download->allows_constrained_network_access == BA_NO);
  CHECK(download->allows_expensive_network_access == BA_UNSET);
}

static void downloads(void) {
  host self;
  answer reply;
  ba_event event;
  ba_runtime* runtime = start(&self);
  answer_init(&reply);
  memset(&event, 0, sizeof event);
  event.struct_size = sizeof event;
  event.json = text("{\"action\":\"downloads\",\"count\":1}");
  event.on_download = download_fields;
  event.on_reply = answer_reply;
  event.user_data = &reply;
  CHECK_STATUS(ba_runtime_dispatch(runtime, &event), BA_OK);
  CHECK_STATUS(answer_wait(&reply), BA_OK);
  CHECK(reply.downloads == 1);
  CHECK_STATUS(run(runtime, "{\"action\":\"wrongDownload\"}", 0, &reply), BA_OK);
  CHECK(strstr(reply.text, "BA_NATIVE_ARGUMENTS") != NULL && reply.downloads == 0);
  finish(runtime);
}

static void host_calls(void) {
  host self;
  answer reply;
  ba_runtime* runtime = start(&self);
  CHECK_STATUS(run(runtime, "{\"action\":\"hostCall\",\"call\":{\"name\":\"notify\"}}", 5000, &reply), BA_OK);
  CHECK_TEXT(reply.text, "{\"ok\":true,\"value\":{\"name\":\"notify\"}}");
  CHECK_STATUS(ba_runtime_answer_host_call(runtime, self.last_call, text("{}")), BA_ERROR_INVALID_ARGUMENT);

  self.answers_calls = 0; /* The event is answered by nobody, so the echo after it comes when the call has come. */
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"hostCall\",\"call\":{}}", 0, &reply), BA_OK);
  {
    answer echo;
    CHECK_STATUS(run(runtime, "{\"action\":\"echo\"}", 0, &echo), BA_OK);
  }
  CHECK(self.host_calls == 2);
  CHECK_STATUS(ba_runtime_stop(runtime, 5000), BA_OK);
  CHECK_STATUS(answer_wait(&reply), BA_ERROR_STOPPED);
  CHECK_STATUS(ba_runtime_answer_host_call(runtime, self.last_call, text("{}")), BA_ERROR_WRONG_STATE);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_OK);
}

static void full_queue(void) {
  host self;
  answer loaded, first, second, third;
  ba_runtime* runtime = create(&self, 2);
  CHECK_STATUS(load_from(runtime, guest, 0, &loaded), BA_OK);
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"never\"}", 0, &first), BA_OK);
  CHECK_STATUS(run(runtime, "{\"action\":\"echo\"}", 0, &second), BA_OK);
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"never\"}", 0, &second), BA_OK);
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"echo\"}", 0, &third), BA_ERROR_QUEUE_FULL);
  finish(runtime);
  CHECK(answer_wait(&first) == BA_ERROR_STOPPED && answer_wait(&second) == BA_ERROR_STOPPED &&
        answer_count(&third) == 0);
}

/* An event that ends the engine: it, the one that waits, and every later one. */
static void fatal(const char* json, uint32_t deadline, ba_status expected, const char* message) {
  host self;
  answer waiting, killer, late;
  ba_runtime* runtime = start(&self);
  printf("  %s\n", json);
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"never\"}", 0, &waiting), BA_OK);
  CHECK_STATUS(run(runtime, json, deadline, &killer), expected);
  CHECK(strstr(killer.text, message) != NULL);
  CHECK_STATUS(answer_wait(&waiting), BA_ERROR_ENGINE);
  CHECK_STATUS(dispatch(runtime, "{\"action\":\"echo\"}", 0, &late), BA_ERROR_ENGINE);
  CHECK(answer_count(&late) == 0 && answer_count(&killer) == 1);
  finish(runtime);
}

static void deaths(void) {
  fatal("{\"action\":\"loop\"}", 50, BA_ERROR_DEADLINE, "The handler did not answer within 50 ms.");
  fatal("{\"action\":\"microtasks\"}", 50, BA_ERROR_DEADLINE, "within 50 ms");
  fatal("{\"action\":\"never\"}", 50, BA_ERROR_DEADLINE, "within 50 ms");
  fatal("{\"action\":\"exit\"}", 0, BA_ERROR_ENGINE, "The handler ended the engine with exit code 7.");
  fatal("{\"action\":\"throwLater\"}", 0, BA_ERROR_ENGINE, "nobody catches this");
  fatal("{\"action\":\"rejectAside\"}", 0, BA_ERROR_ENGINE, "nobody handles this");
  fatal("{\"action\":\"exhaust\"}", 0, BA_ERROR_ENGINE, "MiB of JavaScript heap");
}

static void failed_load(const char* source, uint32_t deadline, ba_status expected, const char* message) {
  char path[] = "/tmp/ba-abi-test-XXXXXX";
  host self;
  answer loaded, late;
  ba_runtime* runtime = create(&self, 0);
  const int fd = mkstemp(path);
  CHECK(fd >= 0 && write(fd, source, strlen(source)) == (ssize_t)strlen(source));
  close(fd);
  CHECK_STATUS(load_from(runtime, path, deadline, &loaded), expected);
  unlink(path);
  CHECK(strstr(loaded.text, message) != NULL);
  while (dispatch(runtime, "{}", 0, &late) == BA_OK) CHECK_STATUS(answer_wait(&late), BA_ERROR_ENGINE);
  finish(runtime);
}

static void failed_loads(void) {
  host self;
  answer loaded;
  ba_runtime* runtime = create(&self, 0);
  CHECK_STATUS(load_from(runtime, "/does/not/exist.cjs", 0, &loaded), BA_ERROR_LOAD);
  CHECK(strstr(loaded.text, "\"code\":\"BA_LOAD_FAILED\"") != NULL && strstr(loaded.text, "No such file") != NULL);
  finish(runtime);
  failed_load("let a = 1;\nlet b = ;\n", 0, BA_ERROR_LOAD, ":2:9\"");
  failed_load("throw Object.assign(new Error('no'), { code: 'BA_X', hint: 'way out' });", 0, BA_ERROR_LOAD,
              "{\"code\":\"BA_X\",\"message\":\"no\",\"hint\":\"way out\"");
  failed_load("throw 'text'", 0, BA_ERROR_LOAD, "The handler threw \\\"text\\\", not an Error.");
  failed_load("exports.start = 1", 0, BA_ERROR_LOAD, "exports no function `start`");
  failed_load("process.exit(3)", 0, BA_ERROR_ENGINE, "exit code 3");
  failed_load("for (;;);", 100, BA_ERROR_DEADLINE, "The handler did not load within 100 ms.");
}

static void stop_inside(void* user_data, ba_status status, ba_string reply) {
  host* self = user_data;
  (void)status;
  (void)reply;
  CHECK_STATUS(ba_runtime_stop(self->runtime, 100), BA_ERROR_WRONG_THREAD);
  CHECK_STATUS(ba_runtime_destroy(self->runtime), BA_ERROR_WRONG_THREAD);
  self->answers_calls = 2;
}

static void inside_callbacks(void) {
  host self;
  answer echo;
  ba_event event;
  ba_runtime* runtime = start(&self);
  memset(&event, 0, sizeof event);
  event.struct_size = sizeof event;
  event.json = text("{\"action\":\"echo\"}");
  event.on_reply = stop_inside;
  event.user_data = &self;
  CHECK_STATUS(ba_runtime_dispatch(runtime, &event), BA_OK);
  CHECK_STATUS(run(runtime, "{\"action\":\"echo\"}", 0, &echo), BA_OK);
  CHECK(self.answers_calls == 2);
  finish(runtime);
}

static void several_runtimes(void) {
  host one, other;
  answer reply;
  int round;
  ba_runtime* first = start(&one);
  ba_runtime* second = start(&other);
  CHECK(first != second);
  CHECK_STATUS(run(first, "{\"action\":\"echo\",\"value\":1}", 0, &reply), BA_OK);
  CHECK_STATUS(run(second, "{\"action\":\"echo\",\"value\":2}", 0, &reply), BA_OK);
  CHECK_TEXT(reply.text, "2");
  finish(first);
  CHECK_STATUS(run(second, "{\"action\":\"echo\",\"value\":3}", 0, &reply), BA_OK);
  finish(second);
  for (round = 0; round < 5; round++) {
    const double before = now_ms();
    ba_runtime* again = start(&one);
    printf("  another one loaded after %.1f ms\n", now_ms() - before);
    CHECK_STATUS(ba_runtime_destroy(again), BA_OK);
  }
}

/* The watchdog ends the engine, for another event, while a download's callback runs on the JavaScript thread. */
typedef struct slow_download {
  answer reply;
  ba_runtime* runtime;
} slow_download;

static void expire_another(void* user_data, const ba_download* download) {
  slow_download* self = user_data;
  answer expired;
  (void)download;
  CHECK_STATUS(run(self->runtime, "{\"action\":\"never\"}", 50, &expired), BA_ERROR_DEADLINE);
  CHECK(answer_count(&self->reply) == 0); /* postponed until this returns */
  self->reply.downloads++;
}

static void slow_downloads(void) {
  host self;
  slow_download slow;
  ba_event event;
  slow.runtime = start(&self);
  answer_init(&slow.reply);
  memset(&event, 0, sizeof event);
  event.struct_size = sizeof event;
  event.json = text("{\"action\":\"downloads\",\"count\":3}");
  event.on_download = expire_another;
  event.on_reply = answer_reply;
  event.user_data = &slow; /* its first member is the answer */
  CHECK_STATUS(ba_runtime_dispatch(slow.runtime, &event), BA_OK);
  CHECK_STATUS(answer_wait(&slow.reply), BA_ERROR_ENGINE);
  finish(slow.runtime);
  CHECK(slow.reply.downloads == 1);
}

/* Several threads dispatch until the runtime is gone: each event that was taken is answered once. */
typedef struct crowd {
  ba_runtime* runtime;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int taken;
  int answered;
} crowd;

static void crowd_reply(void* user_data, ba_status status, ba_string reply) {
  crowd* self = user_data;
  (void)reply;
  CHECK(status == BA_OK || status == BA_ERROR_STOPPED);
  pthread_mutex_lock(&self->mutex);
  self->answered++;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->mutex);
}

static void* crowd_member(void* argument) {
  crowd* self = argument;
  ba_event event;
  memset(&event, 0, sizeof event);
  event.struct_size = sizeof event;
  event.json = text("{\"action\":\"echo\"}");
  event.deadline = 60000;
  event.on_reply = crowd_reply;
  event.user_data = self;
  for (;;) {
    const ba_status status = ba_runtime_dispatch(self->runtime, &event);
    if (status == BA_ERROR_WRONG_STATE || status == BA_ERROR_INVALID_HANDLE) return NULL;
    CHECK(status == BA_OK || status == BA_ERROR_QUEUE_FULL);
    pthread_mutex_lock(&self->mutex);
    self->taken += status == BA_OK;
    pthread_mutex_unlock(&self->mutex);
  }
}

static void many_threads(void) {
  host self;
  crowd all;
  pthread_t members[4];
  size_t at;
  memset(&all, 0, sizeof all);
  pthread_mutex_init(&all.mutex, NULL);
  pthread_cond_init(&all.changed, NULL);
  all.runtime = start(&self);
  for (at = 0; at < 4; at++) CHECK(pthread_create(&members[at], NULL, crowd_member, &all) == 0);
  pthread_mutex_lock(&all.mutex);
  while (all.answered < 500) pthread_cond_wait(&all.changed, &all.mutex);
  pthread_mutex_unlock(&all.mutex);
  CHECK_STATUS(ba_runtime_destroy(all.runtime), BA_OK);
  for (at = 0; at < 4; at++) CHECK(pthread_join(members[at], NULL) == 0);
  CHECK(all.taken == all.answered);
}

/* V8 gives up and parks its thread; the process lives. */
static void out_of_memory(void) {
  host self, next;
  answer reply;
  ba_runtime* runtime = start(&self);
  CHECK_STATUS(run(runtime, "{\"action\":\"exhaustAtOnce\"}", 0, &reply), BA_ERROR_ENGINE);
  CHECK(strstr(reply.text, "MiB of JavaScript heap") != NULL);
  CHECK_STATUS(ba_runtime_stop(runtime, 100), BA_ERROR_DEADLINE);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_ERROR_DEADLINE);
  runtime = start(&next);
  CHECK_STATUS(run(runtime, "{\"action\":\"echo\",\"value\":5}", 0, &reply), BA_OK);
  finish(runtime);
}

/* Last, because its thread stays. */
static void stuck_thread(void) {
  host self, next;
  answer reply;
  char json[512];
  ba_runtime* runtime = start(&self);
  snprintf(json, sizeof json, "{\"action\":\"openFifo\",\"path\":\"%s\"}", fifo);
  CHECK_STATUS(dispatch(runtime, json, 0, &reply), BA_OK);
  {
    /* The thread pool takes its jobs in order: when this one has ended the other one has begun, and cannot be
     * cancelled. */
    answer later;
    CHECK_STATUS(run(runtime, "{\"action\":\"poolJob\"}", 0, &later), BA_OK);
  }
  CHECK_STATUS(ba_runtime_stop(runtime, 100), BA_ERROR_DEADLINE);
  CHECK_STATUS(answer_wait(&reply), BA_ERROR_STOPPED);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_ERROR_DEADLINE);
  CHECK_STATUS(ba_runtime_destroy(runtime), BA_ERROR_INVALID_HANDLE);
  runtime = start(&next);
  CHECK_STATUS(run(runtime, "{\"action\":\"echo\",\"value\":4}", 0, &reply), BA_OK);
  finish(runtime);
}

static void phase(const char* name, void (*body)(void)) {
  const double before = now_ms();
  printf("%s\n", name);
  body();
  printf("  ok, %.0f ms\n", now_ms() - before);
  fflush(stdout);
}

int main(int argc, char** argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: abi_test GUEST FIFO\n");
    return 2;
  }
  guest = argv[1];
  fifo = argv[2];
  alarm(120); /* A hang is a failure. */
  phase("versions", versions);
  phase("arguments", arguments);
  phase("handles", handles);
  phase("wrong orders", wrong_orders);
  phase("events", events);
  phase("downloads", downloads);
  phase("host calls", host_calls);
  phase("full queue", full_queue);
  phase("deaths", deaths);
  phase("failed loads", failed_loads);
  phase("inside callbacks", inside_callbacks);
  phase("several runtimes", several_runtimes);
  phase("slow downloads", slow_downloads);
  phase("many threads", many_threads);
  phase("out of memory", out_of_memory);
  phase("stuck thread", stuck_thread);
  printf("all phases passed\n");
  fflush(stdout);
  _exit(0);
}
