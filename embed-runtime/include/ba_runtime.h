/*
 * ba_runtime.h - runs a bundled Background Assets handler in an embedded JavaScript engine.
 *
 * Conventions
 *
 *  1. Handles are opaque. A handle that was destroyed, or never was one, is recognised: the call returns
 *     BA_ERROR_INVALID_HANDLE and touches nothing. Handles are never reused within a process.
 *  2. Every function may be called from any thread, from callbacks too, unless its comment says otherwise.
 *     JavaScript runs on one thread that the runtime owns; callbacks arrive on the thread that they name. The runtime
 *     holds no lock while a callback runs.
 *  3. Text is UTF-8 with a length in bytes and need not end with a zero byte. Text handed to a function is copied
 *     before it returns. Text handed to a callback is valid during the callback only.
 *  4. A function returns a ba_status; results leave by out-parameter or callback. ba_last_error() has the message
 *     for people, per thread, until the next call on that thread. The library prints nothing.
 *  5. Structs that may grow start with struct_size; set it to sizeof the struct, and reserved memory to zero.
 *  6. Times are in milliseconds, sizes in bytes.
 *  7. Downloads are data, not text: they leave one by one while the handler yields them, and the handler waits while a
 *     callback takes one. Events, small answers and host calls are JSON; their shapes are in schemas/guest.schema.json
 *     and pass through unread.
 *  8. Manifests and other files enter by path, inside an event. The handler's readers map them; JSON is checked as a
 *     whole when it is opened, then read in place, so that memory does not grow with the file. What the handler leaves
 *     open is unmapped when the engine ends. Replace such a file by a rename: one that is cut short while it is mapped
 *     ends the process (SIGBUS), one that is overwritten reads as nonsense.
 *  9. The engine is chosen when linking: one engine library in a binary. Process-wide set-up of the engine happens
 *     when the first bundle is loaded and is never undone.
 * 10. BA_ABI_VERSION is compared with ba_abi_version() by the caller: unequal means header and library differ.
 */
#ifndef BA_RUNTIME_H
#define BA_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define BA_EXPORT __declspec(dllexport)
#else
#define BA_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define BA_ABI_VERSION 1u

typedef struct ba_runtime ba_runtime;

typedef enum ba_status {
  BA_OK = 0,
  /* A null or malformed argument, or a struct_size that is too small. Nothing happened. */
  BA_ERROR_INVALID_ARGUMENT = 1,
  /* Not a living handle: null, destroyed, or not made by this library. */
  BA_ERROR_INVALID_HANDLE = 2,
  /* The call does not fit the state: dispatch before load, load twice, anything after stop. */
  BA_ERROR_WRONG_STATE = 3,
  /* queue_capacity events wait for their answers already. */
  BA_ERROR_QUEUE_FULL = 4,
  /* The engine could not be started, or died. The runtime stays dead; destroy it. */
  BA_ERROR_ENGINE = 5,
  /* The deadline passed. */
  BA_ERROR_DEADLINE = 6,
  /* The runtime was stopped before the event was answered. */
  BA_ERROR_STOPPED = 7,
  /* ba_runtime_stop or ba_runtime_destroy inside a callback of this library, which they would wait for. */
  BA_ERROR_WRONG_THREAD = 8,
  /* The bundle did not parse, threw, or exported no handler; the reply's JSON is a guestError. */
  BA_ERROR_LOAD = 9
} ba_status;

typedef struct ba_string {
  const char *data;
  size_t length;
} ba_string;

typedef enum ba_log_level {
  BA_LOG_DEBUG = 0,
  BA_LOG_INFO = 1,
  BA_LOG_DEFAULT = 2,
  BA_LOG_ERROR = 3,
  BA_LOG_FAULT = 4
} ba_log_level;

typedef enum ba_priority { BA_PRIORITY_MIN = 0, BA_PRIORITY_DEFAULT = 1, BA_PRIORITY_MAX = 2 } ba_priority;

/* A request option that the handler may leave to the system. */
typedef enum ba_option { BA_UNSET = 0, BA_NO = 1, BA_YES = 2 } ba_option;

typedef struct ba_header {
  ba_string name;
  ba_string value;
} ba_header;

/* One download of an answer. Strings that are absent have data == NULL. */
typedef struct ba_download {
  size_t struct_size;
  ba_string identifier;
  ba_string url;
  uint64_t file_size;
  int essential; /* 0 or 1 */
  ba_priority priority;
  ba_string application_group_identifier;
  ba_string method;
  const ba_header *headers;
  size_t header_count;
  ba_string cache_policy;
  uint64_t timeout_interval; /* 0: the system's default */
  ba_option allows_cellular_access;
  ba_option allows_constrained_network_access;
  ba_option allows_expensive_network_access;
} ba_download;

/*
 * The host's services. user_data is that of ba_runtime_options and lives until ba_runtime_destroy has returned BA_OK.
 * Both run on the JavaScript thread and must return soon; handlers wait meanwhile.
 */
typedef struct ba_host_services {
  size_t struct_size;
  /*
   * The handler called a service. Answer with ba_runtime_answer_host_call(call_id), now or later, from any thread,
   * exactly once. `call` is the JSON of a hostCall. NULL: every host call is answered with an error.
   */
  void (*on_host_call)(void *user_data, uint64_t call_id, ba_string call);
  /* console.* and log.* of the handler. NULL: dropped. */
  void (*on_log)(void *user_data, ba_log_level level, ba_string message);
} ba_host_services;

typedef struct ba_runtime_options {
  size_t struct_size;
  /* Copied by ba_runtime_create, whatever its struct_size; NULL: no services. */
  const ba_host_services *services;
  void *user_data;
  /* Limit of the JavaScript heap in MiB; 0: the engine's default. Process-wide: the first runtime's value holds. */
  uint32_t heap_megabytes;
  /* Events that may be unanswered at a time; 0: 64. */
  uint32_t queue_capacity;
  /* Stack of the JavaScript thread in bytes; 0: 8 MiB. At least 1 MiB. */
  size_t stack_size;
} ba_runtime_options;

/*
 * The one answer to a load or an event. status BA_OK: `reply` is the guest's JSON. Otherwise the native default is
 * due and `reply` is a message for people (BA_ERROR_LOAD: the JSON of a guestError). Runs on the JavaScript thread;
 * on the watchdog's when a deadline passed; for BA_ERROR_STOPPED on the thread that stops the runtime.
 */
typedef void (*ba_reply_callback)(void *user_data, ba_status status, ba_string reply);

/*
 * A download of the answer to an event, before its reply, on the JavaScript thread. A deadline that passes while this
 * runs is answered when it returns.
 */
typedef void (*ba_download_callback)(void *user_data, const ba_download *download);

typedef struct ba_event {
  size_t struct_size;
  /* JSON of a guestEvent. */
  ba_string json;
  /* Counted from the call of ba_runtime_dispatch; 0: none. */
  uint32_t deadline;
  ba_download_callback on_download; /* may be NULL when the event has no downloads */
  ba_reply_callback on_reply;
  void *user_data;
} ba_event;

/* The version of the library; compare with BA_ABI_VERSION. */
BA_EXPORT uint32_t ba_abi_version(void);

/* "node" or "jsc", and the engine's version. Static storage. */
BA_EXPORT const char *ba_engine_name(void);
BA_EXPORT const char *ba_engine_version(void);

/* The message of the last failed call on this thread; "" after a call that succeeded. */
BA_EXPORT const char *ba_last_error(void);

/* Makes a runtime. JavaScript starts with ba_runtime_load. *out is set only when BA_OK is returned. */
BA_EXPORT ba_status ba_runtime_create(const ba_runtime_options *options, ba_runtime **out);

/*
 * Starts the engine and evaluates the bundle, a CommonJS file with guest and handler. `configuration` is the JSON of
 * a guestConfiguration. on_reply comes exactly once when BA_OK is returned, and never otherwise; its JSON is
 * {"callbacks":[...]}. Once per runtime. `deadline` counts from this call; 0: none. Events may be dispatched as soon as
 * this has returned; they wait until the bundle is loaded, and get BA_ERROR_ENGINE when it cannot be.
 */
BA_EXPORT ba_status ba_runtime_load(ba_runtime *runtime, ba_string bundle_path, ba_string configuration,
                                    uint32_t deadline, ba_reply_callback on_reply, void *user_data);

/*
 * Queues an event. on_reply comes exactly once when BA_OK is returned, and never otherwise; no on_download comes after
 * it. Events run one after another; concurrent ones are the guest's business. When the deadline passes the engine is
 * stopped for good: this event gets BA_ERROR_DEADLINE, and every other one BA_ERROR_ENGINE: by its callback when it was
 * queued, as the result of this function when it comes later.
 */
BA_EXPORT ba_status ba_runtime_dispatch(ba_runtime *runtime, const ba_event *event);

/*
 * Answers a host call with the JSON of a hostReply. An unknown or answered call_id is BA_ERROR_INVALID_ARGUMENT. After
 * the engine died or was stopped nobody waits any more: the answer is dropped with BA_ERROR_ENGINE or _WRONG_STATE.
 */
BA_EXPORT ba_status ba_runtime_answer_host_call(ba_runtime *runtime, uint64_t call_id, ba_string reply);

/*
 * Stops JavaScript. What is unanswered gets BA_ERROR_STOPPED. Waits up to `deadline` (0: not at all) for the JavaScript
 * thread to end; BA_ERROR_DEADLINE means that it is stuck in native code: it is left alone, and the process should end
 * soon, with _exit. Calling it again only waits again. Not inside a callback.
 */
BA_EXPORT ba_status ba_runtime_stop(ba_runtime *runtime, uint32_t deadline);

/*
 * Stops (with 1 s) and frees; no callback comes after BA_OK. BA_ERROR_DEADLINE: the JavaScript thread is stuck, the
 * handle is void and the memory stays allocated. Null is BA_OK; a second time is BA_ERROR_INVALID_HANDLE. Not inside a
 * callback.
 */
BA_EXPORT ba_status ba_runtime_destroy(ba_runtime *runtime);

#ifdef __cplusplus
}
#endif
#endif
