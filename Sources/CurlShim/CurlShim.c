#include "CurlShim.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#endif

typedef struct curl_multi curl_multi;

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
enum { MULTI_SOCKETFUNCTION = 20001, MULTI_SOCKETDATA = 10002, MULTI_TIMERFUNCTION = 20004, MULTI_TIMERDATA = 10005 };
enum { POLL_READ = 1, POLL_WRITE = 2, POLL_REMOVE = 4, SOCKET_TIMEOUT = -1 };

static struct {
  int (*global_init)(long);
  curlshim_easy *(*easy_init)(void);
  void (*easy_cleanup)(curlshim_easy *);
  int (*easy_setopt)(curlshim_easy *, int, ...);
  int (*easy_getinfo)(curlshim_easy *, int, ...);
  int (*easy_pause)(curlshim_easy *, int);
  const char *(*easy_strerror)(int);
  curlshim_list *(*slist_append)(curlshim_list *, const char *);
  void (*slist_free_all)(curlshim_list *);
  curl_multi *(*multi_init)(void);
  int (*multi_cleanup)(curl_multi *);
  int (*multi_setopt)(curl_multi *, int, ...);
  int (*multi_add_handle)(curl_multi *, curlshim_easy *);
  int (*multi_remove_handle)(curl_multi *, curlshim_easy *);
#ifdef __linux__
  int (*multi_socket_action)(curl_multi *, int, int, int *);
#else
  int (*multi_perform)(curl_multi *, int *);
  int (*multi_poll)(curl_multi *, void *, unsigned, int, int *);
  int (*multi_wakeup)(curl_multi *);
#endif
  curl_message *(*multi_info_read)(curl_multi *, int *);
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
    {(void **)&curl.easy_pause, "curl_easy_pause"},
    {(void **)&curl.easy_strerror, "curl_easy_strerror"},
    {(void **)&curl.slist_append, "curl_slist_append"},
    {(void **)&curl.slist_free_all, "curl_slist_free_all"},
    {(void **)&curl.multi_init, "curl_multi_init"},
    {(void **)&curl.multi_cleanup, "curl_multi_cleanup"},
    {(void **)&curl.multi_setopt, "curl_multi_setopt"},
    {(void **)&curl.multi_add_handle, "curl_multi_add_handle"},
    {(void **)&curl.multi_remove_handle, "curl_multi_remove_handle"},
#ifdef __linux__
    {(void **)&curl.multi_socket_action, "curl_multi_socket_action"},
#else
    {(void **)&curl.multi_perform, "curl_multi_perform"},
    {(void **)&curl.multi_poll, "curl_multi_poll"},
    {(void **)&curl.multi_wakeup, "curl_multi_wakeup"},
#endif
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

int curlshim_set_seek(curlshim_easy *easy, int option, curlshim_seek value) {
  return curl.easy_setopt(easy, option, value);
}

int curlshim_go_on(curlshim_easy *easy) { return curl.easy_pause(easy, 0); }

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

#ifdef __linux__

// libcurl's own waiting looks at every connection each time that one of them has something to say.
// Here the kernel keeps the list of them, which libcurl changes where it changes, and only those
// that are ready are looked at.
struct curlshim_multi {
  curl_multi *curl;
  int epoll;
  int wake;
  // When libcurl wants to be called next, in milliseconds of `now`; -1 for not at all.
  int64_t due;
  // The connections that were ready at the end of the last wait; those from `next` on are not looked at yet.
  struct epoll_event ready[256];
  int count, next;
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int socket_changed(curlshim_easy *easy, int socket, int what, void *context, void *unused) {
  (void)easy, (void)unused;
  curlshim_multi *multi = context;
  struct epoll_event event = {.data.fd = socket};
  if (what == POLL_REMOVE) {
    epoll_ctl(multi->epoll, EPOLL_CTL_DEL, socket, &event);
    return 0;
  }
  if (what & POLL_READ) event.events |= EPOLLIN;
  if (what & POLL_WRITE) event.events |= EPOLLOUT;
  if (!epoll_ctl(multi->epoll, EPOLL_CTL_ADD, socket, &event)) return 0;
  return errno == EEXIST ? epoll_ctl(multi->epoll, EPOLL_CTL_MOD, socket, &event) : -1;
}

static int timer_changed(curl_multi *curl, long milliseconds, void *context) {
  (void)curl;
  ((curlshim_multi *)context)->due = milliseconds < 0 ? -1 : now() + milliseconds;
  return 0;
}

curlshim_multi *curlshim_multi_new(void) {
  curlshim_multi *multi = malloc(sizeof *multi);
  if (!multi) return NULL;
  *multi = (curlshim_multi){
      .curl = curl.multi_init(),
      .epoll = epoll_create1(EPOLL_CLOEXEC),
      .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
      .due = -1};
  struct epoll_event event = {.events = EPOLLIN, .data.fd = multi->wake};
  if (!multi->curl || multi->epoll < 0 || multi->wake < 0 || epoll_ctl(multi->epoll, EPOLL_CTL_ADD, multi->wake, &event)) {
    curlshim_multi_free(multi);
    return NULL;
  }
  curl.multi_setopt(multi->curl, MULTI_SOCKETFUNCTION, socket_changed);
  curl.multi_setopt(multi->curl, MULTI_SOCKETDATA, multi);
  curl.multi_setopt(multi->curl, MULTI_TIMERFUNCTION, timer_changed);
  curl.multi_setopt(multi->curl, MULTI_TIMERDATA, multi);
  return multi;
}

void curlshim_multi_free(curlshim_multi *multi) {
  if (multi->curl) curl.multi_cleanup(multi->curl);
  if (multi->epoll >= 0) close(multi->epoll);
  if (multi->wake >= 0) close(multi->wake);
  free(multi);
}

int curlshim_multi_perform(curlshim_multi *multi) {
  int running;
  if (multi->due < 0 || multi->due > now()) return 0;
  multi->due = -1;
  return curl.multi_socket_action(multi->curl, SOCKET_TIMEOUT, 0, &running);
}

int curlshim_multi_wait(curlshim_multi *multi, int milliseconds) {
  if (multi->due >= 0) {
    int64_t left = multi->due - now();
    if (left < milliseconds) milliseconds = left < 0 ? 0 : (int)left;
  }
  int count = epoll_wait(multi->epoll, multi->ready, sizeof multi->ready / sizeof *multi->ready, milliseconds);
  multi->next = 0;
  multi->count = count < 0 ? 0 : count;
  return multi->count;
}

int curlshim_multi_read(curlshim_multi *multi) {
  if (multi->next == multi->count) return 0;
  struct epoll_event event = multi->ready[multi->next++];
  if (event.data.fd == multi->wake) {
    uint64_t times;
    return read(multi->wake, &times, sizeof times) != 0;
  }
  // A connection that failed is ready for everything: the attempt says what is wrong.
  int ready = (event.events & ~EPOLLOUT ? POLL_READ : 0) | (event.events & ~EPOLLIN ? POLL_WRITE : 0);
  int running;
  curl.multi_socket_action(multi->curl, event.data.fd, ready, &running);
  return 1;
}

int curlshim_multi_wakeup(curlshim_multi *multi) { return eventfd_write(multi->wake, 1); }

#else

struct curlshim_multi {
  curl_multi *curl;
};

curlshim_multi *curlshim_multi_new(void) {
  curlshim_multi *multi = malloc(sizeof *multi);
  if (multi && !(multi->curl = curl.multi_init())) {
    free(multi);
    return NULL;
  }
  return multi;
}

void curlshim_multi_free(curlshim_multi *multi) {
  curl.multi_cleanup(multi->curl);
  free(multi);
}

int curlshim_multi_perform(curlshim_multi *multi) {
  int running;
  return curl.multi_perform(multi->curl, &running);
}

// Which connections are ready libcurl keeps to itself: all are looked at in `curlshim_multi_perform`.
int curlshim_multi_wait(curlshim_multi *multi, int milliseconds) {
  curl.multi_poll(multi->curl, NULL, 0, milliseconds, NULL);
  return 0;
}

int curlshim_multi_read(curlshim_multi *multi) {
  (void)multi;
  return 0;
}

int curlshim_multi_wakeup(curlshim_multi *multi) { return curl.multi_wakeup(multi->curl); }

#endif

int curlshim_multi_set_long(curlshim_multi *multi, int option, long value) {
  return curl.multi_setopt(multi->curl, option, value);
}

int curlshim_multi_add(curlshim_multi *multi, curlshim_easy *easy) {
  return curl.multi_add_handle(multi->curl, easy);
}

int curlshim_multi_remove(curlshim_multi *multi, curlshim_easy *easy) {
  return curl.multi_remove_handle(multi->curl, easy);
}

curlshim_easy *curlshim_multi_next_done(curlshim_multi *multi, int *code) {
  int left;
  curl_message *message;
  while ((message = curl.multi_info_read(multi->curl, &left))) {
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
  // As much as a main thread has: some systems give other threads a sixteenth of that.
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 8 << 20);
  pthread_t thread;
  int code = pthread_create(&thread, &attributes, run_thread, start);
  pthread_attr_destroy(&attributes);
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
