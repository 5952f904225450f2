/*
 * A host that loads the library for C by itself, as a plug-in, and unloads it when it should not. Virtual cards only.
 *
 *   unload CASE LIBRARY     one case, 0 when it went as it should
 */
#define _POSIX_C_SOURCE 200809L
#include <cpx_card.h>

#include <dlfcn.h>
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
#define FIND(library, name) ((__typeof__(&name))(uintptr_t)dlsym(library, #name))

static void pause_ms(long milliseconds)
{
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void *loaded(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        fprintf(stderr, "%s\n", dlerror());
    NEED(library != NULL);
    return library;
}

static CpxContext *virtual_context(void *library)
{
    CpxContextOptions options = {sizeof options, NULL, 0, "cps-medecin", 11};
    CpxContext *context = NULL;
    GIVES(OK, FIND(library, cpx_context_new)(&options, &context));
    return context;
}

static atomic_int hold, held, ended;

static void callback(const CpxEvent *event, void *user)
{
    (void)event;
    (void)user;
    held = 1;
    while (hold)
        pause_ms(5);
    ended = 1;
}

/* Unloaded while a callback runs, which then goes back into the library. */
static void in_callback(const char *path)
{
    void *library = loaded(path);
    CpxContext *context = virtual_context(library);
    CpxWatch *watch = NULL;
    hold = 1;
    GIVES(OK, FIND(library, cpx_watch_new)(context, callback, NULL, &watch));
    while (!held)
        pause_ms(5);
    NEED(dlclose(library) == 0);
    hold = 0;
    while (!ended)
        pause_ms(5);
    pause_ms(200);
    /* what the host forgot can still be cleared away */
    library = loaded(path);
    GIVES(OK, FIND(library, cpx_watch_free)(&watch));
    GIVES(OK, FIND(library, cpx_context_free)(&context));
    NEED(dlclose(library) == 0);
}

/* Unloaded while a watch is running, and the program ends. */
static void while_watching(const char *path)
{
    void *library = loaded(path);
    CpxContext *context = virtual_context(library);
    CpxWatch *watch = NULL;
    GIVES(OK, FIND(library, cpx_watch_new)(context, callback, NULL, &watch));
    NEED(dlclose(library) == 0);
    pause_ms(200);
}

/* The bytes of memory that this program occupies. */
static long occupied(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    NEED(file != NULL && fscanf(file, "%ld %ld", &pages, &resident) == 2);
    fclose(file);
    return resident * 4096;
}

/* Loaded, used and unloaded a thousand times; it does not grow. */
static void often(const char *path)
{
    long before = 0;
    for (int turn = 0; turn < 1000; turn++) {
        void *library = loaded(path);
        CpxContext *context = virtual_context(library);
        CpxCards *cards = NULL;
        GIVES(OK, FIND(library, cpx_read)(context, NULL, &cards));
        GIVES(OK, FIND(library, cpx_cards_free)(&cards));
        GIVES(OK, FIND(library, cpx_context_free)(&context));
        NEED(dlclose(library) == 0);
        if (turn == 500)
            before = occupied();
    }
    NEED(occupied() - before < 4 * 1024 * 1024);
}

int main(int count, char **arguments)
{
    if (count != 3)
        return 64;
    if (strcmp(arguments[1], "in_callback") == 0)
        in_callback(arguments[2]);
    else if (strcmp(arguments[1], "while_watching") == 0)
        while_watching(arguments[2]);
    else if (strcmp(arguments[1], "often") == 0)
        often(arguments[2]);
    else
        return 64;
    return 0;
}
