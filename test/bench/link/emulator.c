/*
 * A line with a rate, a delay and a buffer between two network namespaces: real kernel TCP on both ends, without netem.
 *
 *     emulator <namespace> <namespace> <bits per second> <one-way delay in ms> <buffer in ms>
 *
 * Makes a TUN device "line0" in each and carries packets from one to the other, each way with a queue of its own. A packet
 * that would wait longer than the buffer is dropped. Says "ready" and ends with its standard input. Needs root.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define PACKETS 16384
#define PACKET_BYTES 2048

struct packet {
  int64_t arrives_ns;
  int length;
  unsigned char bytes[PACKET_BYTES];
};

struct direction {
  int from, to;
  int64_t line_free_ns;
  unsigned head, tail;
  struct packet *ring;
};

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void fail(const char *what) {
  fprintf(stderr, "emulator: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* The device belongs to the namespace in which it was made, the descriptor to this process. */
static int open_device(const char *name_space) {
  char path[256];
  snprintf(path, sizeof path, "/run/netns/%s", name_space);
  int space = open(path, O_RDONLY | O_CLOEXEC);
  if (space < 0 || setns(space, CLONE_NEWNET) < 0) fail(path);
  close(space);
  int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (device < 0) fail("/dev/net/tun");
  struct ifreq request;
  memset(&request, 0, sizeof request);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  strncpy(request.ifr_name, "line0", IFNAMSIZ - 1);
  if (ioctl(device, TUNSETIFF, &request) < 0) fail("TUNSETIFF");
  return device;
}

static void take(struct direction *way, int64_t rate, int64_t delay_ns, int64_t buffer_ns) {
  for (;;) {
    struct packet *packet = &way->ring[way->tail % PACKETS];
    unsigned char dropped[PACKET_BYTES];
    int64_t now = now_ns();
    int64_t starts = way->line_free_ns > now ? way->line_free_ns : now;
    int is_full = starts - now > buffer_ns || way->tail - way->head >= PACKETS;
    ssize_t length = read(way->from, is_full ? dropped : packet->bytes, PACKET_BYTES);
    if (length <= 0) return;
    if (is_full) continue;
    packet->length = (int)length;
    way->line_free_ns = starts + (int64_t)length * 8 * 1000000000 / rate;
    packet->arrives_ns = way->line_free_ns + delay_ns;
    way->tail += 1;
  }
}

/* Hands over what has arrived; answers when the next packet does, or -1. */
static int64_t give(struct direction *way) {
  while (way->head != way->tail) {
    struct packet *packet = &way->ring[way->head % PACKETS];
    if (packet->arrives_ns > now_ns()) return packet->arrives_ns;
    ssize_t written = write(way->to, packet->bytes, (size_t)packet->length);
    (void)written;
    way->head += 1;
  }
  return -1;
}

int main(int count, char **arguments) {
  if (count != 6) {
    fprintf(stderr, "emulator: five arguments\n");
    return 2;
  }
  int64_t rate = atoll(arguments[3]);
  int64_t delay_ns = atoll(arguments[4]) * 1000000;
  int64_t buffer_ns = atoll(arguments[5]) * 1000000;
  int first = open_device(arguments[1]);
  int second = open_device(arguments[2]);
  struct direction ways[2] = {{.from = first, .to = second}, {.from = second, .to = first}};
  for (int way = 0; way < 2; way += 1) {
    ways[way].ring = malloc(sizeof(struct packet) * PACKETS);
    if (ways[way].ring == NULL) fail("malloc");
  }
  /* A line does not wait for a processor that is busy with other things. Refused: then it does. */
  struct sched_param soon = {.sched_priority = 10};
  sched_setscheduler(0, SCHED_FIFO, &soon);
  puts("ready");
  fflush(stdout);
  for (;;) {
    int64_t next = -1;
    for (int way = 0; way < 2; way += 1) {
      int64_t arrives = give(&ways[way]);
      if (arrives >= 0 && (next < 0 || arrives < next)) next = arrives;
    }
    struct pollfd wanted[3] = {{first, POLLIN, 0}, {second, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    int64_t wait_ns = next < 0 ? 1000000000 : next - now_ns();
    if (wait_ns < 0) wait_ns = 0;
    struct timespec wait = {wait_ns / 1000000000, wait_ns % 1000000000};
    if (ppoll(wanted, 3, &wait, NULL) < 0 && errno != EINTR) fail("ppoll");
    if (wanted[2].revents != 0) {
      char byte;
      if (read(STDIN_FILENO, &byte, 1) <= 0) return 0;
    }
    for (int way = 0; way < 2; way += 1) take(&ways[way], rate, delay_ns, buffer_ns);
  }
}
