/*
 * Does to the library for C what no program should do, and holds that each time a status comes back. Virtual cards only.
 *
 *   abuse CASE           one case, 0 when it went as it should
 *   abuse cycles TURNS   opens, reads and closes so many times, for valgrind
 */
#define _POSIX_C_SOURCE 200809L
#include <cpx_card.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NEED(what)                                                            \
    do {                                                                      \
        if (!(what)) {                                                        \
            fprintf(stderr, "%s:%d: %s\n", __func__, __LINE__, #what);        \
            exit(1);                                                          \
        }                                                                     \
    } while (0)
#define GIVES(status, call) NEED((call) == CPX_STATUS_##status)

static void pause_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static CpxContext *virtual_context(const char *cards)
{
    CpxContextOptions options = {sizeof options, NULL, 0, cards, strlen(cards)};
    CpxContext *context = NULL;
    GIVES(OK, cpx_context_new(&options, &context));
    return context;
}

/* Null wherever a pointer can stand. */
static void null_everywhere(void)
{
    CpxContext *context = virtual_context("cps-medecin"), *no_context = NULL;
    CpxCards *cards = NULL, *no_cards = NULL;
    CpxCheckup *no_checkup = NULL;
    CpxWatch *watch = NULL, *no_watch = NULL;
    CpxEvent event = {sizeof event, 0, 0, NULL, 0, NULL, 0};
    const char *text;
    size_t size;
    int32_t number;

    GIVES(NULL, cpx_context_new(NULL, NULL));
    GIVES(NULL, cpx_context_free(NULL));
    GIVES(NULL, cpx_context_free(&no_context));
    GIVES(NULL, cpx_cancel(NULL));
    GIVES(NULL, cpx_last_error(NULL, CPX_LANGUAGE_FRENCH, NULL, 0, &size));
    GIVES(NOTHING, cpx_last_error(context, CPX_LANGUAGE_FRENCH, NULL, 0, NULL));
    GIVES(NULL, cpx_last_reason(NULL, NULL, 0, &size));
    GIVES(NULL, cpx_status_text(0, CPX_LANGUAGE_FRENCH, NULL, 0, NULL));
    GIVES(BUFFER_TOO_SMALL, cpx_status_text(0, CPX_LANGUAGE_FRENCH, NULL, 10, &size));
    GIVES(NULL, cpx_virtual_insert(NULL, 0, NULL, 0));
    GIVES(NULL, cpx_virtual_insert(context, 0, NULL, 5));
    GIVES(NULL, cpx_virtual_remove(NULL, 0));

    GIVES(NULL, cpx_read(NULL, NULL, NULL));
    GIVES(NULL, cpx_read(context, NULL, NULL));
    GIVES(NULL, cpx_read(NULL, NULL, &cards));
    GIVES(OK, cpx_read(context, NULL, &cards));
    GIVES(NULL, cpx_cards_count(NULL, &size));
    GIVES(NULL, cpx_cards_count(cards, NULL));
    GIVES(NULL, cpx_cards_json(NULL, &text, &size));
    GIVES(NULL, cpx_cards_json(cards, NULL, &size));
    GIVES(OK, cpx_cards_json(cards, &text, NULL));
    GIVES(NULL, cpx_reader_state(NULL, 0, &number));
    GIVES(NULL, cpx_reader_state(cards, 0, NULL));
    CpxStatus (*const getters[])(const CpxCards *, size_t, const char **, size_t *) = {
        cpx_reader_name, cpx_reader_reason, cpx_card_type, cpx_card_number, cpx_holder_id, cpx_holder_name,
        cpx_holder_given_name, cpx_holder_surname, cpx_holder_register, cpx_profession_code, cpx_profession_label,
        cpx_card_valid_from, cpx_card_valid_until, cpx_card_category};
    for (size_t one = 0; one < sizeof getters / sizeof *getters; one++) {
        GIVES(NULL, getters[one](NULL, 0, &text, &size));
        GIVES(NULL, getters[one](cards, 0, NULL, &size));
        GIVES(OK, getters[one](cards, 0, &text, NULL));
        GIVES(OUT_OF_RANGE, getters[one](cards, 1, &text, &size));
        GIVES(OUT_OF_RANGE, getters[one](cards, (size_t)-1, &text, &size));
    }
    GIVES(OK, cpx_card_tries_left(cards, 0, &number));
    NEED(number == 3);
    GIVES(NULL, cpx_card_tries_left(cards, 0, NULL));
    GIVES(OUT_OF_RANGE, cpx_card_tries_left(cards, 1, &number));
    GIVES(NOTHING, cpx_reader_reservation(cards, 0, 0, &text, &size));
    GIVES(NOTHING, cpx_reader_reservation(cards, 0, (size_t)-1, &text, &size));
    GIVES(OUT_OF_RANGE, cpx_reader_reservation(cards, 1, 0, &text, &size));
    GIVES(OK, cpx_profession_code(cards, 0, &text, NULL));
    NEED(strcmp(text, "10") == 0);
    GIVES(NULL, cpx_reader_sentence(NULL, 0, CPX_LANGUAGE_FRENCH, &text, &size));
    GIVES(NULL, cpx_reader_sentence(cards, 0, CPX_LANGUAGE_FRENCH, NULL, &size));
    GIVES(INVALID_ARGUMENT, cpx_reader_sentence(cards, 0, 7, &text, &size));
    GIVES(NULL, cpx_reader_remedy(NULL, 0, CPX_LANGUAGE_FRENCH, &text, &size));
    GIVES(NULL, cpx_cards_free(NULL));
    GIVES(NULL, cpx_cards_free(&no_cards));

    GIVES(NULL, cpx_check(NULL, NULL, &no_checkup));
    GIVES(NULL, cpx_check(context, NULL, NULL));
    GIVES(NULL, cpx_checkup_outcome(NULL, &number));
    GIVES(NULL, cpx_checkup_json(NULL, &text, &size));
    GIVES(NULL, cpx_checkup_support_code(NULL, &text, &size));
    GIVES(NULL, cpx_checkup_sentence(NULL, CPX_LANGUAGE_FRENCH, &text, &size));
    GIVES(NULL, cpx_checkup_cause(NULL, CPX_LANGUAGE_FRENCH, &text, &size));
    GIVES(NULL, cpx_checkup_cause_id(NULL, &text, &size));
    GIVES(NULL, cpx_check_with_progress(NULL, NULL, NULL, NULL, &no_checkup));
    GIVES(NULL, cpx_checkup_remedy(NULL, CPX_LANGUAGE_FRENCH, &text, &size));
    GIVES(NULL, cpx_checkup_free(NULL));
    GIVES(NULL, cpx_checkup_free(&no_checkup));

    GIVES(NULL, cpx_watch_new(NULL, NULL, NULL, &watch));
    GIVES(NULL, cpx_watch_new(context, NULL, NULL, NULL));
    GIVES(OK, cpx_watch_new(context, NULL, NULL, &watch));
    GIVES(NULL, cpx_watch_next(NULL, 0, &event));
    GIVES(NULL, cpx_watch_next(watch, 0, NULL));
    GIVES(NULL, cpx_watch_free(NULL));
    GIVES(NULL, cpx_watch_free(&no_watch));
    GIVES(OK, cpx_watch_free(&watch));
    GIVES(OK, cpx_cards_free(&cards));
    GIVES(OK, cpx_context_free(&context));
}

/* A handle that was freed is null, and freeing it again is a status. What was made with a context outlives it. */
static void freed_twice(void)
{
    CpxContext *context = virtual_context("cps-medecin");
    CpxCards *cards = NULL;
    CpxCheckup *checkup = NULL;
    CpxWatch *watch = NULL;
    const char *text = NULL;
    char words[500];
    GIVES(OK, cpx_read(context, NULL, &cards));
    GIVES(OK, cpx_check(context, NULL, &checkup));
    GIVES(OK, cpx_watch_new(context, NULL, NULL, &watch));
    GIVES(OK, cpx_context_free(&context));
    NEED(context == NULL);
    GIVES(NULL, cpx_context_free(&context));
    GIVES(OK, cpx_holder_id(cards, 0, &text, NULL));
    NEED(strstr(text, "240") != NULL);
    GIVES(OK, cpx_checkup_json(checkup, &text, NULL));
    NEED(strstr(text, "cpx-check.diagnosis/2") != NULL);
    GIVES(OK, cpx_cards_free(&cards));
    GIVES(NULL, cpx_cards_free(&cards));
    GIVES(NULL, cpx_holder_id(cards, 0, &text, NULL));
    GIVES(OK, cpx_checkup_free(&checkup));
    GIVES(NULL, cpx_checkup_free(&checkup));
    GIVES(OK, cpx_watch_free(&watch));
    GIVES(NULL, cpx_watch_free(&watch));
    GIVES(OK, cpx_status_text(CPX_STATUS_NULL, CPX_LANGUAGE_ENGLISH, words, sizeof words, NULL));
    NEED(strstr(words, "freed") != NULL);
}

/* Texts without end, with a wrong length, that are no texts; structures of another version. */
static void strings_without_end(void)
{
    /* exactly as many bytes as are told, with nothing readable behind them that would end a string */
    char *name = malloc(11);
    memcpy(name, "cps-medecin", 11);
    CpxContextOptions options = {sizeof options, NULL, 0, name, 11};
    CpxContext *context = NULL;
    CpxCards *cards = NULL;
    CpxReadOptions read = {sizeof read, 0, 0, NULL, 0};
    char words[500];
    size_t needed = 0, count = 9;
    GIVES(OK, cpx_context_new(&options, &context));
    free(name);

    read.reader = "\xff\xfe\x80";
    read.reader_length = 3;
    GIVES(INVALID_TEXT, cpx_read(context, &read, &cards));
    NEED(cards == NULL);
    char *huge = malloc(CPX_MAX_TEXT + 1);
    memset(huge, 'x', CPX_MAX_TEXT + 1);
    read.reader = huge;
    read.reader_length = CPX_MAX_TEXT + 1;
    GIVES(INVALID_TEXT, cpx_read(context, &read, &cards));
    read.reader_length = (size_t)-1;
    GIVES(INVALID_TEXT, cpx_read(context, &read, &cards));
    read.reader_length = CPX_MAX_TEXT;
    GIVES(OUT_OF_RANGE, cpx_read(context, &read, &cards));
    read.reader = "Virtual reader 00\0and more";
    read.reader_length = 26;
    GIVES(OUT_OF_RANGE, cpx_read(context, &read, &cards));
    /* a part of a name is no name */
    read.reader_length = 7;
    GIVES(OUT_OF_RANGE, cpx_read(context, &read, &cards));
    NEED(cards == NULL);
    read.reader_length = 17;
    GIVES(OK, cpx_read(context, &read, &cards));
    GIVES(OK, cpx_cards_count(cards, &count));
    NEED(count == 1);
    GIVES(OK, cpx_cards_free(&cards));
    read.reader = NULL;
    GIVES(NULL, cpx_read(context, &read, &cards));
    read.reader_length = 0;

    read.flags = 1u << 31;
    GIVES(INVALID_ARGUMENT, cpx_read(context, &read, &cards));
    read.flags = 0;
    for (size_t wrong = 0; wrong < sizeof(size_t); wrong++) {
        read.struct_size = wrong;
        GIVES(INVALID_ARGUMENT, cpx_read(context, &read, &cards));
    }
    read.struct_size = (size_t)-1;
    GIVES(INVALID_ARGUMENT, cpx_read(context, &read, &cards));
    /* an older header knew less */
    read.struct_size = offsetof(CpxReadOptions, reader);
    read.reader = huge;
    read.reader_length = (size_t)-1;
    GIVES(OK, cpx_read(context, &read, &cards));
    GIVES(OK, cpx_cards_free(&cards));

    GIVES(INVALID_TEXT, cpx_virtual_insert(context, 0, "no such card", 12));
    GIVES(OUT_OF_RANGE, cpx_virtual_insert(context, 9, "cps-medecin", 11));
    CpxCheckup *checkup = NULL;
    CpxCheckupOptions check = {sizeof check, 0, 0, "no such portal", 14};
    GIVES(INVALID_TEXT, cpx_check(context, &check, &checkup));
    GIVES(OK, cpx_last_error(context, CPX_LANGUAGE_FRENCH, words, sizeof words, &needed));
    NEED(needed == strlen(words) + 1);
    GIVES(BUFFER_TOO_SMALL, cpx_last_error(context, CPX_LANGUAGE_FRENCH, words, needed - 1, &needed));
    GIVES(INVALID_ARGUMENT, cpx_last_error(context, -1, words, sizeof words, NULL));
    GIVES(INVALID_ARGUMENT, cpx_status_text(99, CPX_LANGUAGE_FRENCH, words, sizeof words, NULL));
    for (int32_t status = CPX_STATUS_OK; status <= CPX_STATUS_INTERNAL; status++)
        for (int32_t language = CPX_LANGUAGE_FRENCH; language <= CPX_LANGUAGE_ENGLISH; language++) {
            GIVES(OK, cpx_status_text(status, language, words, sizeof words, NULL));
            NEED(strncmp(words, "status-", 7) != 0);
        }
    options.virtual_cards = "no such card";
    CpxContext *none = context;
    GIVES(INVALID_TEXT, cpx_context_new(&options, &none));
    NEED(none == NULL);
    free(huge);
    GIVES(OK, cpx_context_free(&context));
}

static void *read_many(void *context)
{
    for (int turn = 0; turn < 50; turn++) {
        CpxCards *cards = NULL;
        const char *text = NULL;
        int32_t state = -1;
        CpxStatus status = cpx_read((const CpxContext *)context, NULL, &cards);
        if (status == CPX_STATUS_CANCELLED)
            continue;
        NEED(status == CPX_STATUS_OK);
        GIVES(OK, cpx_reader_state(cards, 0, &state));
        if (state == CPX_READER_STATE_CPX) {
            GIVES(OK, cpx_card_type(cards, 0, &text, NULL));
            NEED(strcmp(text, "CPS") == 0);
        }
        GIVES(OK, cpx_reader_sentence(cards, 0, turn % 2, &text, NULL));
        GIVES(OK, cpx_cards_free(&cards));
    }
    return NULL;
}

static void *free_there(void *cards)
{
    GIVES(OK, cpx_cards_free((CpxCards **)cards));
    return NULL;
}

/* One context and one result used by many threads, while cards come and go and calls are cancelled. */
static void many_threads(void)
{
    CpxContext *context = virtual_context("cps-medecin");
    pthread_t threads[8];
    for (int one = 0; one < 8; one++)
        NEED(pthread_create(&threads[one], NULL, read_many, context) == 0);
    for (int turn = 0; turn < 20; turn++) {
        GIVES(OK, cpx_virtual_remove(context, 0));
        GIVES(OK, cpx_cancel(context));
        GIVES(OK, cpx_virtual_insert(context, 0, "cps-medecin", 11));
        pause_ms(2);
    }
    for (int one = 0; one < 8; one++)
        NEED(pthread_join(threads[one], NULL) == 0);
    /* made here, freed there */
    CpxCards *cards = NULL;
    GIVES(OK, cpx_read(context, NULL, &cards));
    pthread_t other;
    NEED(pthread_create(&other, NULL, free_there, &cards) == 0);
    NEED(pthread_join(other, NULL) == 0 && cards == NULL);
    GIVES(OK, cpx_context_free(&context));
}

static void *cancel_soon(void *context)
{
    pause_ms(100);
    cpx_cancel((const CpxContext *)context);
    return NULL;
}

/* A wait ends by its deadline, or from another thread. */
static void waits_end(void)
{
    CpxContext *context = virtual_context("-");
    CpxWatch *watch = NULL;
    CpxEvent event = {sizeof event, 0, 0, NULL, 0, NULL, 0};
    GIVES(OK, cpx_watch_new(context, NULL, NULL, &watch));
    GIVES(OK, cpx_watch_next(watch, 10000, &event));
    NEED(event.kind == CPX_EVENT_KIND_READER_ADDED && event.reader_length == strlen(event.reader));
    GIVES(NOTHING, cpx_watch_next(watch, 0, &event));
    GIVES(NOTHING, cpx_watch_next(watch, 20, &event));
    event.struct_size = 4;
    GIVES(INVALID_ARGUMENT, cpx_watch_next(watch, 0, &event));
    event.struct_size = sizeof event;
    pthread_t other;
    NEED(pthread_create(&other, NULL, cancel_soon, context) == 0);
    GIVES(CANCELLED, cpx_watch_next(watch, 600000, &event));
    NEED(pthread_join(other, NULL) == 0);
    GIVES(OK, cpx_virtual_insert(context, 0, "cps-medecin", 11));
    GIVES(OK, cpx_watch_next(watch, 10000, &event));
    NEED(event.kind == CPX_EVENT_KIND_INSERTED);
    GIVES(OK, cpx_watch_free(&watch));
    GIVES(OK, cpx_context_free(&context));
}

struct Told {
    CpxContext *context;
    CpxWatch *watch;
    atomic_int inserted, removed;
    atomic_int freed_inside, read_inside;
    atomic_int hold, held;
};

static void callback(const CpxEvent *event, void *user)
{
    struct Told *told = (struct Told *)user;
    if (event->kind == CPX_EVENT_KIND_REMOVED)
        told->removed++;
    if (event->kind != CPX_EVENT_KIND_INSERTED)
        return;
    CpxCards *cards = NULL;
    const char *type = "";
    CpxWatch *watch = told->watch;
    NEED(event->struct_size == sizeof *event && strlen(event->reader) == event->reader_length);
    if (cpx_read(told->context, NULL, &cards) == CPX_STATUS_OK && cpx_card_type(cards, 0, &type, NULL) == CPX_STATUS_OK)
        told->read_inside += strcmp(type, "CPS") == 0;
    cpx_cards_free(&cards);
    if (watch != NULL && cpx_watch_free(&watch) == CPX_STATUS_IN_CALLBACK)
        told->freed_inside++;
    told->inserted++;
    while (told->hold) {
        told->held = 1;
        pause_ms(5);
    }
}

static void until(atomic_int *value, int at_least)
{
    for (int turn = 0; turn < 3000 && *value < at_least; turn++)
        pause_ms(5);
    NEED(*value >= at_least);
}

/* A callback that reads, and that tries to free its own watch. */
static void callback_calls_back(void)
{
    struct Told told = {0};
    CpxEvent event = {sizeof event, 0, 0, NULL, 0, NULL, 0};
    told.context = virtual_context("-");
    GIVES(OK, cpx_watch_new(told.context, callback, &told, &told.watch));
    GIVES(INVALID_ARGUMENT, cpx_watch_next(told.watch, 0, &event));
    for (int turn = 1; turn <= 5; turn++) {
        GIVES(OK, cpx_virtual_insert(told.context, 0, "cps-medecin", 11));
        until(&told.inserted, turn);
        GIVES(OK, cpx_virtual_remove(told.context, 0));
        until(&told.removed, turn);
    }
    NEED(told.read_inside == 5 && told.freed_inside == 5);
    GIVES(OK, cpx_watch_free(&told.watch));
    GIVES(OK, cpx_context_free(&told.context));
}

/* A callback that does not come back: busy, the handle stays, and nothing is told after the end. */
static void busy_callback(void)
{
    struct Told told = {0};
    told.hold = 1;
    told.context = virtual_context("cps-medecin");
    GIVES(OK, cpx_watch_new(told.context, callback, &told, &told.watch));
    until(&told.held, 1);
    GIVES(BUSY, cpx_watch_free(&told.watch));
    NEED(told.watch != NULL);
    told.hold = 0;
    GIVES(OK, cpx_watch_free(&told.watch));
    int inserted = told.inserted;
    GIVES(OK, cpx_virtual_remove(told.context, 0));
    GIVES(OK, cpx_virtual_insert(told.context, 0, "cps-medecin", 11));
    pause_ms(100);
    NEED(told.inserted == inserted);
    GIVES(OK, cpx_context_free(&told.context));
}

/* What a host is told of, and its context. */
struct progressing {
    CpxContext *context;
    atomic_int told, cancels;
};

static void progress(int32_t stage, void *user)
{
    struct progressing *one = user;
    NEED(stage >= CPX_STAGE_CARD && stage <= CPX_STAGE_OTHER);
    one->told++;
    if (one->cancels)
        GIVES(OK, cpx_cancel(one->context));
}

/* A host that looks on, and one that cancels where it looks on. */
static void progress_cancels(void)
{
    static struct progressing one;
    CpxCheckup *checkup = NULL;
    int32_t outcome = -1;
    one.context = virtual_context("cps-medecin");
    GIVES(OK, cpx_check_with_progress(one.context, NULL, progress, &one, &checkup));
    NEED(one.told >= 2);
    GIVES(OK, cpx_checkup_outcome(checkup, &outcome));
    NEED(outcome >= CPX_READINESS_READY && outcome <= CPX_READINESS_CANNOT_TELL);
    GIVES(OK, cpx_checkup_free(&checkup));
    one.cancels = 1;
    GIVES(CANCELLED, cpx_check_with_progress(one.context, NULL, progress, &one, &checkup));
    NEED(checkup == NULL);
    one.cancels = 0;
    GIVES(OK, cpx_check(one.context, NULL, &checkup));
    GIVES(OK, cpx_checkup_free(&checkup));
    GIVES(OK, cpx_context_free(&one.context));
}

/* Opened, read and closed so many times, for valgrind. */
static void cycles(long turns)
{
    for (long turn = 0; turn < turns; turn++) {
        CpxContext *context = virtual_context("cps-medecin");
        CpxCards *cards = NULL;
        const char *text = NULL;
        GIVES(OK, cpx_read(context, NULL, &cards));
        GIVES(OK, cpx_card_type(cards, 0, &text, NULL));
        GIVES(OK, cpx_cards_free(&cards));
        GIVES(OK, cpx_context_free(&context));
    }
}

int main(int count, char **arguments)
{
    const char *wanted = count > 1 ? arguments[1] : "", *turns = count > 2 ? arguments[2] : "";
    static const struct {
        const char *name;
        void (*run)(void);
    } cases[] = {{"null_everywhere", null_everywhere},
                 {"freed_twice", freed_twice},
                 {"strings_without_end", strings_without_end},
                 {"many_threads", many_threads},
                 {"waits_end", waits_end},
                 {"callback_calls_back", callback_calls_back},
                 {"busy_callback", busy_callback},
                 {"progress_cancels", progress_cancels}};
    for (size_t one = 0; one < sizeof cases / sizeof *cases; one++)
        if (strcmp(wanted, cases[one].name) == 0) {
            cases[one].run();
            return 0;
        }
    if (strcmp(wanted, "cycles") == 0)
        cycles(atol(turns));
    else
        return 64;
    return 0;
}
