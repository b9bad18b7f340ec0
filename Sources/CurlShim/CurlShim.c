#include "CurlShim.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

// As in curl/multi.h; the only structure of curl's that is read here.
typedef struct {
  int kind;
  curlshim_easy *easy;
  union {
    void *whatever;
    int code;
  } data;
} curl_message;

enum { MESSAGE_DONE = 1, GLOBAL_DEFAULT = 3 };

static struct {
  int (*global_init)(long);
  curlshim_easy *(*easy_init)(void);
  void (*easy_cleanup)(curlshim_easy *);
  int (*easy_setopt)(curlshim_easy *, int, ...);
  int (*easy_getinfo)(curlshim_easy *, int, ...);
  const char *(*easy_strerror)(int);
  curlshim_list *(*slist_append)(curlshim_list *, const char *);
  void (*slist_free_all)(curlshim_list *);
  curlshim_multi *(*multi_init)(void);
  int (*multi_cleanup)(curlshim_multi *);
  int (*multi_setopt)(curlshim_multi *, int, ...);
  int (*multi_add_handle)(curlshim_multi *, curlshim_easy *);
  int (*multi_remove_handle)(curlshim_multi *, curlshim_easy *);
  int (*multi_perform)(curlshim_multi *, int *);
  int (*multi_poll)(curlshim_multi *, void *, unsigned, int, int *);
  int (*multi_wakeup)(curlshim_multi *);
  curl_message *(*multi_info_read)(curlshim_multi *, int *);
} curl;

static const struct {
  void **place;
  const char *name;
} symbols[] = {
    {(void **)&curl.global_init, "curl_global_init"},
    {(void **)&curl.easy_init, "curl_easy_init"},
    {(void **)&curl.easy_cleanup, "curl_easy_cleanup"},
    {(void **)&curl.easy_setopt, "curl_easy_setopt"},
    {(void **)&curl.easy_getinfo, "curl_easy_getinfo"},
    {(void **)&curl.easy_strerror, "curl_easy_strerror"},
    {(void **)&curl.slist_append, "curl_slist_append"},
    {(void **)&curl.slist_free_all, "curl_slist_free_all"},
    {(void **)&curl.multi_init, "curl_multi_init"},
    {(void **)&curl.multi_cleanup, "curl_multi_cleanup"},
    {(void **)&curl.multi_setopt, "curl_multi_setopt"},
    {(void **)&curl.multi_add_handle, "curl_multi_add_handle"},
    {(void **)&curl.multi_remove_handle, "curl_multi_remove_handle"},
    {(void **)&curl.multi_perform, "curl_multi_perform"},
    {(void **)&curl.multi_poll, "curl_multi_poll"},
    {(void **)&curl.multi_wakeup, "curl_multi_wakeup"},
    {(void **)&curl.multi_info_read, "curl_multi_info_read"},
};

// Debian has the second name for the build with GnuTLS, which a machine may have alone.
static const char *const file_names[] = {
#ifdef __APPLE__
    "libcurl.4.dylib", "/usr/lib/libcurl.4.dylib",
#else
    "libcurl.so.4", "libcurl-gnutls.so.4",
#endif
};

static char failure[512];
static const char *outcome;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void open_once(void) {
  void *library = NULL;
  for (size_t i = 0; !library && i < sizeof file_names / sizeof *file_names; i++) {
    library = dlopen(file_names[i], RTLD_LAZY | RTLD_LOCAL);
    if (!library && !failure[0]) snprintf(failure, sizeof failure, "%s", dlerror());
  }
  if (!library) {
    outcome = failure;
    return;
  }
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    *symbols[i].place = dlsym(library, symbols[i].name);
    if (!*symbols[i].place) {
      snprintf(failure, sizeof failure, "it is older than 7.68: %s is missing", symbols[i].name);
      outcome = failure;
      return;
    }
  }
  int code = curl.global_init(GLOBAL_DEFAULT);
  if (code) outcome = curl.easy_strerror(code);
}

const char *curlshim_open(void) {
  pthread_once(&once, open_once);
  return outcome;
}

curlshim_easy *curlshim_easy_new(void) { return curl.easy_init(); }
void curlshim_easy_free(curlshim_easy *easy) { curl.easy_cleanup(easy); }

int curlshim_set_long(curlshim_easy *easy, int option, long value) {
  return curl.easy_setopt(easy, option, value);
}

int curlshim_set_size(curlshim_easy *easy, int option, int64_t value) {
  return curl.easy_setopt(easy, option, value);
}

int curlshim_set_pointer(curlshim_easy *easy, int option, const void *value) {
  return curl.easy_setopt(easy, option, value);
}

int curlshim_set_callback(curlshim_easy *easy, int option, curlshim_callback value) {
  return curl.easy_setopt(easy, option, value);
}

long curlshim_get_long(curlshim_easy *easy, int info) {
  long value = 0;
  return curl.easy_getinfo(easy, info, &value) ? 0 : value;
}

int64_t curlshim_get_size(curlshim_easy *easy, int info) {
  int64_t value = 0;
  return curl.easy_getinfo(easy, info, &value) ? 0 : value;
}

void *curlshim_get_pointer(curlshim_easy *easy, int info) {
  void *value = NULL;
  return curl.easy_getinfo(easy, info, &value) ? NULL : value;
}

curlshim_list *curlshim_list_append(curlshim_list *list, const char *text) {
  return curl.slist_append(list, text);
}

void curlshim_list_free(curlshim_list *list) { curl.slist_free_all(list); }

curlshim_multi *curlshim_multi_new(void) { return curl.multi_init(); }
void curlshim_multi_free(curlshim_multi *multi) { curl.multi_cleanup(multi); }

int curlshim_multi_set_long(curlshim_multi *multi, int option, long value) {
  return curl.multi_setopt(multi, option, value);
}

int curlshim_multi_add(curlshim_multi *multi, curlshim_easy *easy) {
  return curl.multi_add_handle(multi, easy);
}

int curlshim_multi_remove(curlshim_multi *multi, curlshim_easy *easy) {
  return curl.multi_remove_handle(multi, easy);
}

int curlshim_multi_perform(curlshim_multi *multi) {
  int running;
  return curl.multi_perform(multi, &running);
}

int curlshim_multi_poll(curlshim_multi *multi, int milliseconds) {
  return curl.multi_poll(multi, NULL, 0, milliseconds, NULL);
}

int curlshim_multi_wakeup(curlshim_multi *multi) { return curl.multi_wakeup(multi); }

curlshim_easy *curlshim_multi_next_done(curlshim_multi *multi, int *code) {
  int left;
  curl_message *message;
  while ((message = curl.multi_info_read(multi, &left))) {
    if (message->kind != MESSAGE_DONE) continue;
    *code = message->data.code;
    return message->easy;
  }
  return NULL;
}

const char *curlshim_error_text(int code) { return curl.easy_strerror(code); }

int curlshim_was_refused(curlshim_easy *easy) {
  return curlshim_get_long(easy, CURLSHIM_INFO_OS_ERRNO) == ECONNREFUSED;
}

typedef struct {
  void (*body)(void *);
  void *context;
} thread_start;

static void *run_thread(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  start.body(start.context);
  return NULL;
}

int curlshim_start_thread(void (*body)(void *), void *context) {
  thread_start *start = malloc(sizeof *start);
  if (!start) return ENOMEM;
  *start = (thread_start){body, context};
  // The thread inherits the mask: no signal handler runs on it, and a connection that breaks off
  // under OpenSSL, which writes without MSG_NOSIGNAL, ends in an error and not in SIGPIPE.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int code = pthread_create(&thread, NULL, run_thread, start);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (code) {
    free(start);
    return code;
  }
  pthread_detach(thread);
  return 0;
}

void curlshim_allow_open_files(long count) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= (rlim_t)count) return;
  limit.rlim_cur = limit.rlim_max < (rlim_t)count ? limit.rlim_max : (rlim_t)count;
  setrlimit(RLIMIT_NOFILE, &limit);
}
