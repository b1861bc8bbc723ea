// Bytes that wait: what was read and not yet understood, what was said and not yet written.
#ifndef QMP_BENCH_BUFFER_H
#define QMP_BENCH_BUFFER_H

#include <stddef.h>

/** Bytes from `first` to `end`; zeroed it is empty and owns nothing. */
typedef struct {
  char *bytes;
  size_t first;
  size_t end;
  size_t capacity;
} Buffer;

/** How many bytes wait. */
size_t buffer_length(const Buffer *buffer);

/** Makes room for `length` more bytes behind `end`; ends the process when there is no memory. */
void buffer_reserve(Buffer *buffer, size_t length);

void buffer_append(Buffer *buffer, const char *bytes, size_t length);

/** Takes bytes away at the front. */
void buffer_consume(Buffer *buffer, size_t length);

void buffer_free(Buffer *buffer);

#endif
