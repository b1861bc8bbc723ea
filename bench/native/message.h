// JSON messages on a byte stream: where one ends, and where its top-level members stand.
#ifndef QMP_BENCH_MESSAGE_H
#define QMP_BENCH_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

/** A piece of a buffer. */
typedef struct {
  const char *start;
  size_t length;
} Span;

/** How far the search for the end of a JSON object has come; zeroed before each message. */
typedef struct {
  size_t scanned;
  int depth;
  bool in_string;
  bool after_backslash;
} MessageScan;

/**
 * Goes on looking for the end of the object that `text` begins with.
 * Returns its length, or 0 when more bytes are needed.
 */
size_t message_end(MessageScan *scan, const char *text, size_t length);

/** The value of a member of a complete object, as it was written; its `start` is NULL where there is none. */
Span member(Span object, const char *name);

/** Whether a value is this text, as a JSON string. */
bool is_string(Span value, const char *text);

#endif
