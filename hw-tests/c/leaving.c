/*
 * Reads a card that does not answer yet, within a deadline, and ends:
 *
 *   leaving frees MS    frees its context first, as the header asks
 *   leaving cancels     cancels a call that another thread is in once it is told a line, then frees
 *   leaving exits MS    does neither: the PC/SC service resets the card
 *
 * MS is the deadline of the reading in milliseconds; `cancels` has none.
 */
#define _POSIX_C_SOURCE 200809L
#include <cpx_card.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEED(what)                                                     \
    do {                                                               \
        if (!(what)) {                                                 \
            fprintf(stderr, "line %d: %s\n", __LINE__, #what);         \
            _Exit(1);                                                  \
        }                                                              \
    } while (0)

static CpxContext *context;
static unsigned timeout_ms;

static void *read_card(void *expected)
{
    CpxReadOptions options;
    CpxCards *cards = NULL;

    memset(&options, 0, sizeof options);
    options.struct_size = sizeof options;
    options.timeout_ms = timeout_ms;
    NEED(cpx_read(context, &options, &cards) == *(const CpxStatus *)expected);
    return NULL;
}

static void say(const char *what)
{
    puts(what);
    fflush(stdout);
}

int main(int count, char **arguments)
{
    const char *how = count > 1 ? arguments[1] : "";
    CpxStatus timed_out = CPX_STATUS_TIMED_OUT, cancelled = CPX_STATUS_CANCELLED;

    timeout_ms = count > 2 ? (unsigned)strtoul(arguments[2], NULL, 10) : 0;

    NEED(cpx_context_new(NULL, &context) == CPX_STATUS_OK);
    if (strcmp(how, "cancels") == 0) {
        pthread_t reading;
        NEED(pthread_create(&reading, NULL, read_card, &cancelled) == 0);
        NEED(getchar() != EOF);
        say("cancelling");
        NEED(cpx_cancel(context) == CPX_STATUS_OK);
        say("left");
        NEED(pthread_join(reading, NULL) == 0);
        NEED(cpx_context_free(&context) == CPX_STATUS_OK);
        return 0;
    }
    read_card(&timed_out);
    if (strcmp(how, "frees") == 0) {
        say("freeing");
        NEED(cpx_context_free(&context) == CPX_STATUS_OK);
        say("left");
        return 0;
    }
    say("exiting");
    exit(0);
}
