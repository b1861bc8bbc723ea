#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t buffer_length(const Buffer *buffer) { return buffer->end - buffer->first; }

void buffer_reserve(Buffer *buffer, size_t length) {
  if (buffer->capacity - buffer->end >= length) return;
  size_t waiting = buffer_length(buffer);
  if (buffer->first > 0) memmove(buffer->bytes, buffer->bytes + buffer->first, waiting);
  buffer->first = 0;
  buffer->end = waiting;
  if (buffer->capacity - waiting >= length) return;
  buffer->capacity = 2 * (waiting + length);
  buffer->bytes = realloc(buffer->bytes, buffer->capacity);
  if (buffer->bytes == NULL) {
    fprintf(stderr, "no memory for %zu bytes\n", buffer->capacity);
    exit(1);
  }
}

void buffer_append(Buffer *buffer, const char *bytes, size_t length) {
  buffer_reserve(buffer, length);
  memcpy(buffer->bytes + buffer->end, bytes, length);
  buffer->end += length;
}

void buffer_consume(Buffer *buffer, size_t length) {
  buffer->first += length;
  if (buffer->first == buffer->end) buffer->first = buffer->end = 0;
}

void buffer_free(Buffer *buffer) { free(buffer->bytes); }
