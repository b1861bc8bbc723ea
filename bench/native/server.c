// A QMP server that is never the bottleneck: one thread, epoll, many connections, replies written in batches.
//   server SOCKET CONTENT_FOLDER     prints "listening" when it does
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "buffer.h"
#include "content.h"
#include "message.h"

enum {
  READ_BYTES = 256 * 1024,
  /** A flood adds no more events while this much waits to be written, so that replies are never far behind. */
  FLOOD_BYTES = 256 * 1024,
  MAX_READY = 256,
};

typedef struct {
  int socket;
  Buffer in;
  Buffer out;
  MessageScan scan;
  bool negotiated;
  bool awaits_room;
  /** How many events are still to be said, and which is next. */
  long flood_left;
  size_t flood_at;
} Connection;

static Content content;
static int poller;

static void check(int result, const char *what) {
  if (result >= 0) return;
  perror(what);
  exit(1);
}

static void watch(Connection *connection, int operation, unsigned events) {
  struct epoll_event interest = {.events = events, .data.ptr = connection};
  check(epoll_ctl(poller, operation, connection->socket, &interest), "epoll_ctl");
}

static void say(Connection *connection, const char *text) { buffer_append(&connection->out, text, strlen(text)); }

static void end_reply(Connection *connection, Span id) {
  if (id.start != NULL) {
    say(connection, ", \"id\": ");
    buffer_append(&connection->out, id.start, id.length);
  }
  say(connection, "}\r\n");
}

static void say_return(Connection *connection, const char *value, size_t length, Span id) {
  say(connection, "{\"return\": ");
  buffer_append(&connection->out, value, length);
  end_reply(connection, id);
}

static void say_error(Connection *connection, const char *description, Span id) {
  say(connection, "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"");
  say(connection, description);
  say(connection, "\"}");
  end_reply(connection, id);
}

static void answer(Connection *connection, Span message) {
  Span id = member(message, "id");
  Span command = member(message, "execute");
  if (is_string(command, "qmp_capabilities")) {
    connection->negotiated = true;
    say_return(connection, "{}", 2, id);
    return;
  }
  if (!connection->negotiated) {
    say_error(connection, "Expecting capabilities negotiation with 'qmp_capabilities'", id);
    return;
  }
  if (is_string(command, "x-bench-events")) {
    Span arguments = member(message, "arguments");
    Span count = arguments.start == NULL ? arguments : member(arguments, "count");
    if (count.start != NULL) connection->flood_left += strtol(count.start, NULL, 10);
    say_return(connection, "{}", 2, id);
    return;
  }
  for (size_t i = 0; i < content.reply_count; i++) {
    const Reply *reply = &content.replies[i];
    if (!is_string(command, reply->command)) continue;
    say_return(connection, reply->text, reply->length, id);
    return;
  }
  say_error(connection, "The benchmark's server does not know this command", id);
}

static void flood(Connection *connection) {
  while (connection->flood_left > 0 && buffer_length(&connection->out) < FLOOD_BYTES) {
    const char *event = content.events + connection->flood_at;
    size_t length = (size_t)(strchr(event, '\n') - event) + 1;
    buffer_append(&connection->out, event, length);
    connection->flood_left--;
    connection->flood_at = (connection->flood_at + length) % content.events_length;
  }
}

static void hang_up(Connection *connection) {
  close(connection->socket);
  buffer_free(&connection->in);
  buffer_free(&connection->out);
  free(connection);
}

/** Reads once and answers what is complete; false when the client is gone. */
static bool take_in(Connection *connection) {
  Buffer *in = &connection->in;
  static char chunk[READ_BYTES];
  ssize_t count = recv(connection->socket, chunk, sizeof chunk, 0);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  if (count == 0) return false;
  buffer_append(in, chunk, (size_t)count);
  for (;;) {
    const char *text = in->bytes + in->first;
    if (connection->scan.scanned == 0) {
      // Between messages: line ends and blanks.
      while (buffer_length(in) > 0 && *text != '{') {
        text++;
        buffer_consume(in, 1);
      }
    }
    size_t length = message_end(&connection->scan, text, buffer_length(in));
    if (length == 0) return true;
    answer(connection, (Span){text, length});
    connection->scan = (MessageScan){0};
    buffer_consume(in, length);
  }
}

/** Writes what the socket takes; false when the client is gone. */
static bool put_out(Connection *connection) {
  Buffer *out = &connection->out;
  for (;;) {
    flood(connection);
    if (buffer_length(out) == 0) break;
    ssize_t count = send(connection->socket, out->bytes + out->first, buffer_length(out), MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) break;
    if (count < 0) return false;
    buffer_consume(out, (size_t)count);
    // Commands that came meanwhile are answered before the flood goes on.
    if (connection->flood_left > 0) break;
  }
  bool awaits_room = buffer_length(out) > 0 || connection->flood_left > 0;
  if (awaits_room != connection->awaits_room) {
    connection->awaits_room = awaits_room;
    watch(connection, EPOLL_CTL_MOD, awaits_room ? EPOLLIN | EPOLLOUT : EPOLLIN);
  }
  return true;
}

static void accept_all(int listener) {
  for (;;) {
    int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;
    Connection *connection = calloc(1, sizeof *connection);
    if (connection == NULL) exit(1);
    connection->socket = socket;
    watch(connection, EPOLL_CTL_ADD, EPOLLIN);
    buffer_append(&connection->out, content.greeting, content.greeting_length);
    if (!put_out(connection)) hang_up(connection);
  }
}

static int listen_at(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    fprintf(stderr, "the socket's path is too long: %s\n", path);
    exit(1);
  }
  strcpy(address.sun_path, path);
  int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  check(listener, "socket");
  check(bind(listener, (struct sockaddr *)&address, sizeof address), path);
  check(listen(listener, 4096), "listen");
  return listener;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: server SOCKET CONTENT_FOLDER\n");
    return 2;
  }
  content = read_content(argv[2]);
  int listener = listen_at(argv[1]);
  poller = epoll_create1(EPOLL_CLOEXEC);
  check(poller, "epoll_create1");
  struct epoll_event interest = {.events = EPOLLIN, .data.ptr = NULL};
  check(epoll_ctl(poller, EPOLL_CTL_ADD, listener, &interest), "epoll_ctl");
  puts("listening");
  fflush(stdout);
  struct epoll_event ready[MAX_READY];
  for (;;) {
    int count = epoll_wait(poller, ready, MAX_READY, -1);
    for (int i = 0; i < count; i++) {
      Connection *connection = ready[i].data.ptr;
      if (connection == NULL) {
        accept_all(listener);
        continue;
      }
      bool alive = (ready[i].events & ~(unsigned)EPOLLOUT) == 0 || take_in(connection);
      if (!alive || !put_out(connection)) hang_up(connection);
    }
  }
}
