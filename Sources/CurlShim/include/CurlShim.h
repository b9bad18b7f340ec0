#ifndef CURL_SHIM_H
#define CURL_SHIM_H

// libcurl, opened when it is first needed and not when the program starts.
//
// Nothing here includes curl's headers or links with it: the numbers below are part of curl's
// binary interface (curl/curl.h, curl/multi.h), which has kept them since each was added. Variadic
// functions are wrapped type by type, because Swift cannot call them and because on some processors
// variadic arguments travel another way than named ones.
//
// No function but `curlshim_open` may be called before that has returned NULL.

#include <stddef.h>
#include <stdint.h>

typedef struct curlshim_easy curlshim_easy;
typedef struct curlshim_multi curlshim_multi;
typedef struct curlshim_list curlshim_list;

typedef size_t (*curlshim_callback)(char *_Nonnull bytes, size_t size, size_t count, void *_Nullable context);
typedef int (*curlshim_seek)(void *_Nullable context, int64_t offset, int origin);

// Opens libcurl and sets it up, once for the process, from any thread.
// NULL when it is ready; else why not, in a line.
const char *_Nullable curlshim_open(void);

enum {
  CURLSHIM_OPT_WRITEDATA = 10001,
  CURLSHIM_OPT_URL = 10002,
  CURLSHIM_OPT_PROXY = 10004,
  CURLSHIM_OPT_READDATA = 10009,
  CURLSHIM_OPT_ERRORBUFFER = 10010,
  CURLSHIM_OPT_WRITEFUNCTION = 20011,
  CURLSHIM_OPT_READFUNCTION = 20012,
  CURLSHIM_OPT_POSTFIELDS = 10015,
  CURLSHIM_OPT_USERAGENT = 10018,
  CURLSHIM_OPT_HTTPHEADER = 10023,
  CURLSHIM_OPT_HEADERDATA = 10029,
  CURLSHIM_OPT_CUSTOMREQUEST = 10036,
  CURLSHIM_OPT_POST = 47,
  CURLSHIM_OPT_CAINFO = 10065,
  CURLSHIM_OPT_HEADERFUNCTION = 20079,
  CURLSHIM_OPT_HTTPGET = 80,
  CURLSHIM_OPT_HTTP_VERSION = 84,
  CURLSHIM_OPT_NOSIGNAL = 99,
  CURLSHIM_OPT_ACCEPT_ENCODING = 10102,
  CURLSHIM_OPT_PRIVATE = 10103,
  CURLSHIM_OPT_POSTFIELDSIZE_LARGE = 30120,
  CURLSHIM_OPT_TCP_NODELAY = 121,
  CURLSHIM_OPT_TIMEOUT_MS = 155,
  CURLSHIM_OPT_CONNECTTIMEOUT_MS = 156,
  CURLSHIM_OPT_SEEKFUNCTION = 20167,
  CURLSHIM_OPT_SEEKDATA = 10168,
  CURLSHIM_OPT_FRESH_CONNECT = 74,
  CURLSHIM_OPT_PROTOCOLS = 181,
  CURLSHIM_OPT_PIPEWAIT = 237,
  CURLSHIM_OPT_SUPPRESS_CONNECT_HEADERS = 265,

  CURLSHIM_PROTOCOLS_HTTP_AND_HTTPS = 3,
  CURLSHIM_HTTP_VERSION_1_1 = 2,
  CURLSHIM_HTTP_VERSION_2_OVER_TLS = 4,

  // What a callback for the answer's body returns to be called again later with the same bytes.
  CURLSHIM_WRITE_PAUSE = 0x10000001,
  // What a callback that moves in the request's body returns.
  CURLSHIM_SEEK_DONE = 0,
  CURLSHIM_SEEK_FAILED = 1,

  CURLSHIM_MULTI_OPT_MAXCONNECTS = 6,
  CURLSHIM_MULTI_OPT_MAX_CONCURRENT_STREAMS = 16,

  CURLSHIM_INFO_RESPONSE_CODE = 0x200002,
  CURLSHIM_INFO_OS_ERRNO = 0x200019,
  CURLSHIM_INFO_PRIVATE = 0x100015,
  CURLSHIM_INFO_SIZE_DOWNLOAD = 0x600008,
  CURLSHIM_INFO_CONTENT_LENGTH_DOWNLOAD = 0x60000F,
  CURLSHIM_INFO_PRETRANSFER_TIME = 0x600035,

  CURLSHIM_ERROR_BUFFER_SIZE = 256,
};

curlshim_easy *_Nullable curlshim_easy_new(void);
void curlshim_easy_free(curlshim_easy *_Nonnull easy);
// These give curl's error code, 0 for none.
int curlshim_set_long(curlshim_easy *_Nonnull easy, int option, long value);
int curlshim_set_size(curlshim_easy *_Nonnull easy, int option, int64_t value);
int curlshim_set_pointer(curlshim_easy *_Nonnull easy, int option, const void *_Nullable value);
int curlshim_set_callback(curlshim_easy *_Nonnull easy, int option, curlshim_callback _Nonnull value);
int curlshim_set_seek(curlshim_easy *_Nonnull easy, int option, curlshim_seek _Nonnull value);
// Goes on after a pause, and may call the callbacks.
int curlshim_go_on(curlshim_easy *_Nonnull easy);
// 0 or NULL where curl does not know.
long curlshim_get_long(curlshim_easy *_Nonnull easy, int info);
int64_t curlshim_get_size(curlshim_easy *_Nonnull easy, int info);
void *_Nullable curlshim_get_pointer(curlshim_easy *_Nonnull easy, int info);

// The list with a copy of the text at its end; NULL, the list untouched, when there is no memory.
curlshim_list *_Nullable curlshim_list_append(curlshim_list *_Nullable list, const char *_Nonnull text);
void curlshim_list_free(curlshim_list *_Nullable list);

curlshim_multi *_Nullable curlshim_multi_new(void);
void curlshim_multi_free(curlshim_multi *_Nonnull multi);
int curlshim_multi_set_long(curlshim_multi *_Nonnull multi, int option, long value);
int curlshim_multi_add(curlshim_multi *_Nonnull multi, curlshim_easy *_Nonnull easy);
int curlshim_multi_remove(curlshim_multi *_Nonnull multi, curlshim_easy *_Nonnull easy);
// Lets libcurl begin what was added, and end what took too long.
int curlshim_multi_perform(curlshim_multi *_Nonnull multi);
// Waits until something happens, `curlshim_multi_wakeup` is called or the time is over. Gives how many
// connections `curlshim_multi_read` has to look at, which is to be called until it gives 0.
int curlshim_multi_wait(curlshim_multi *_Nonnull multi, int milliseconds);
// Looks at one connection that is ready, which may call the callbacks; 0 when there is none left.
int curlshim_multi_read(curlshim_multi *_Nonnull multi);
// May be called from any thread as long as the multi handle lives.
int curlshim_multi_wakeup(curlshim_multi *_Nonnull multi);
// The next transfer that has ended, with its error code; NULL when there is none.
curlshim_easy *_Nullable curlshim_multi_next_done(curlshim_multi *_Nonnull multi, int *_Nonnull code);

// curl's words for an error code.
const char *_Nonnull curlshim_error_text(int code);
// Whether the last attempt to connect ended because nobody listens there.
int curlshim_was_refused(curlshim_easy *_Nonnull easy);

// Runs `body` on a thread of its own, which gets no signals and is never joined. 0 when it runs.
int curlshim_start_thread(void (*_Nonnull body)(void *_Nonnull context), void *_Nonnull context);
// Raises the process's limit of open files to `count`, as far as the system lets it.
void curlshim_allow_open_files(long count);

#endif
