/* A virtual reader for pcscd that tells of a card when it comes or goes, as readers with an interrupt do; vsmartcard's is
 * asked every 0.4 s. Same line to the card: a TCP client; two bytes of length, high byte first, then the bytes; one byte
 * is a control (0 power off, 1 power on, 2 reset, 4 answer to reset wanted). Every client is seen come and seen go. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ifdhandler.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* `left`: 1 once the card is gone, 2 once that was told. */
static int port = -1, card = -1, left;
static unsigned char atr[MAX_ATR_SIZE];
static DWORD atr_length;

static void gone(void) {
    if (card >= 0) close(card);
    card = -1;
    left = 1;
    atr_length = 0;
}

static int take(void *bytes, size_t length) {
    for (size_t done = 0; done < length;) {
        ssize_t count = recv(card, (char *)bytes + done, length - done, 0);
        if (count <= 0) return 0;
        done += count;
    }
    return 1;
}

static int say(const unsigned char *bytes, size_t length) {
    unsigned char message[70000] = {length >> 8, length & 255};
    if (card < 0 || length > 65535) return 0;
    memcpy(message + 2, bytes, length);
    return send(card, message, length + 2, MSG_NOSIGNAL) == (ssize_t)length + 2;
}

/* The length of what is heard, or -1. */
static long hear(unsigned char *bytes, size_t room) {
    unsigned char length[2];
    if (!take(length, 2)) return -1;
    size_t wanted = length[0] << 8 | length[1];
    return wanted <= room && take(bytes, wanted) ? (long)wanted : -1;
}

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR name) {
    struct sockaddr_in here = {.sin_family = AF_INET};
    const char *number = strrchr(name, ':');
    int yes = 1;
    (void)lun;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    here.sin_port = htons(number ? strtol(number + 1, 0, 0) : 0);
    port = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(port, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(port, (struct sockaddr *)&here, sizeof here) || listen(port, 64)) return IFD_COMMUNICATION_ERROR;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHCreateChannel(DWORD lun, DWORD channel) {
    (void)lun, (void)channel;
    return IFD_COMMUNICATION_ERROR;
}

RESPONSECODE IFDHCloseChannel(DWORD lun) {
    (void)lun;
    gone();
    close(port);
    return IFD_SUCCESS;
}

/* Sleeps until a card comes or goes. */
static RESPONSECODE wait_for_change(DWORD lun, int milliseconds) {
    struct pollfd one = {.fd = card >= 0 ? card : port, .events = card >= 0 ? POLLRDHUP : POLLIN};
    (void)lun;
    if (left == 2) left = 0; /* pcscd comes here after it took note */
    else if (!left) return poll(&one, 1, milliseconds) > 0 ? IFD_SUCCESS : IFD_RESPONSE_TIMEOUT;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHGetCapabilities(DWORD lun, DWORD tag, PDWORD length, PUCHAR value) {
    void *wait = wait_for_change;
    (void)lun;
    switch (tag) {
    case TAG_IFD_ATR:
        memcpy(value, atr, atr_length);
        *length = atr_length;
        return IFD_SUCCESS;
    case TAG_IFD_POLLING_THREAD_WITH_TIMEOUT:
        memcpy(value, &wait, sizeof wait);
        *length = sizeof wait;
        return IFD_SUCCESS;
    case TAG_IFD_SLOTS_NUMBER:
    case TAG_IFD_SIMULTANEOUS_ACCESS:
    case TAG_IFD_POLLING_THREAD_KILLABLE:
        *value = 1;
        *length = 1;
        return IFD_SUCCESS;
    }
    return IFD_ERROR_TAG;
}

RESPONSECODE IFDHSetCapabilities(DWORD lun, DWORD tag, DWORD length, PUCHAR value) {
    (void)lun, (void)tag, (void)length, (void)value;
    return IFD_NOT_SUPPORTED;
}

RESPONSECODE IFDHSetProtocolParameters(DWORD lun, DWORD protocol, UCHAR flags, UCHAR pts1, UCHAR pts2, UCHAR pts3) {
    (void)lun, (void)protocol, (void)flags, (void)pts1, (void)pts2, (void)pts3;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHPowerICC(DWORD lun, DWORD action, PUCHAR answer, PDWORD length) {
    unsigned char control = action == IFD_POWER_DOWN ? 0 : action == IFD_RESET ? 2 : 1, wanted = 4;
    long count = 0;
    (void)lun;
    *length = 0;
    if (!say(&control, 1)) return IFD_ERROR_POWER_ACTION;
    if (control && (!say(&wanted, 1) || (count = hear(atr, sizeof atr)) < 2)) return IFD_ERROR_POWER_ACTION;
    atr_length = count;
    memcpy(answer, atr, count);
    *length = count;
    return IFD_SUCCESS;
}

RESPONSECODE IFDHTransmitToICC(DWORD lun, SCARD_IO_HEADER from, PUCHAR command, DWORD length, PUCHAR answer,
                               PDWORD answered, PSCARD_IO_HEADER to) {
    long count = say(command, length) ? hear(answer, *answered) : -1;
    (void)lun, (void)from, (void)to;
    *answered = count < 0 ? 0 : count;
    return count < 0 ? IFD_COMMUNICATION_ERROR : IFD_SUCCESS;
}

RESPONSECODE IFDHControl(DWORD lun, DWORD code, PUCHAR in, DWORD in_length, PUCHAR out, DWORD room, LPDWORD given) {
    (void)lun, (void)code, (void)in, (void)in_length, (void)out, (void)room;
    *given = 0;
    return IFD_NOT_SUPPORTED;
}

RESPONSECODE IFDHICCPresence(DWORD lun) {
    struct timeval patience = {.tv_sec = 10};
    struct pollfd waiting = {.fd = port, .events = POLLIN};
    char byte;
    (void)lun;
    if (card >= 0 && recv(card, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0) gone();
    if (left) {
        left = 2;
        return IFD_ICC_NOT_PRESENT;
    }
    if (card < 0 && poll(&waiting, 1, 0) > 0) {
        card = accept4(port, 0, 0, SOCK_CLOEXEC);
        setsockopt(card, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    return card >= 0 ? IFD_ICC_PRESENT : IFD_ICC_NOT_PRESENT;
}
