/* A PKCS#11 module that is wrong in one way, chosen with -D when it is built; in no way without. */
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ULONG;
typedef unsigned char BYTE;
enum { OK = 0, GENERAL_ERROR = 5, DEVICE_ERROR = 0x30, ATTRIBUTE_INVALID = 0x12, NOT_SUPPORTED = 0x54,
       NOT_PRESENT = 0xE0, NOT_RECOGNIZED = 0xE1, TOO_SMALL = 0x150 };

#ifndef SLOTS
#define SLOTS 1
#endif

static void crash(void) { *(volatile int *)16 = 1; }
static void hang(void) { for (;;) sleep(1000); }

static void pad(BYTE *field, size_t length, const char *text) {
    memset(field, ' ', length);
    memcpy(field, text, strlen(text) < length ? strlen(text) : length);
}

#ifdef CRASH_LOAD
__attribute__((constructor)) static void loaded(void) { crash(); }
#endif
#ifdef UNDEFINED_SYMBOL
void nobody_defines_this(void);
__attribute__((constructor)) static void loaded(void) { nobody_defines_this(); }
#endif

static void *wander(void *nothing) { (void)nothing; for (;;) usleep(1000); }

static void *forge(void *nothing) {
    const char *line = "\036{\"odd\":\"too-many\"}\n";
    (void)nothing;
    while (write(1, line, strlen(line)) > 0) {}
    return NULL;
}

static ULONG initialize(void *arguments) {
    (void)arguments;
#ifdef CRASH_INITIALIZE
    crash();
#endif
#ifdef SLEEPS
    signal(SIGTERM, SIG_IGN);
    hang();
#endif
#ifdef MINE
    /* goes on only while the other one runs as well */
    FILE *mine = fopen(MINE, "w"); if (mine) fclose(mine);
    while (access(OTHER, F_OK) != 0) usleep(1000);
#endif
#ifdef REFUSES
    return GENERAL_ERROR;
#endif
#ifdef PRINTS
    printf("module: begin"); fflush(stdout);
    printf(" without end");
#endif
#ifdef FORGES
    printf("\036{\"end\":\"complete\"}\n\036\"hello\"\n\036{\"library\":7}\n"); fflush(stdout);
#endif
#ifdef PRINTS_FOR_EVER
    for (;;) { char line[4096]; memset(line, 'x', sizeof line); if (write(1, line, sizeof line) < 0) hang(); }
#endif
#ifdef CLOSES_OUTPUT
    fclose(stdin); fclose(stdout); close(0); close(1); close(2);
#endif
#ifdef CHANGES_PROCESS
    setlocale(LC_ALL, "fr_FR.UTF-8");
    for (int number = 1; number < 32; number++) signal(number, SIG_IGN);
    umask(0777);
    if (chdir("/tmp") != 0) return GENERAL_ERROR;
#endif
#ifdef LEAVES_THREAD
    pthread_t thread; pthread_create(&thread, NULL, wander, NULL);
#else
    (void)wander;
#endif
#ifdef LEAVES_THREADS
    for (int i = 0; i < 64; i++) { pthread_t thread; pthread_create(&thread, NULL, wander, NULL); }
#endif
#ifdef FORGES_FOR_EVER
    pthread_t forger; pthread_create(&forger, NULL, forge, NULL);
#else
    (void)forge;
#endif
#ifdef EATS_MEMORY
    for (;;) memset(malloc(1 << 20), 1, 1 << 20);
#endif
#ifdef FILLS_ERRORS
    for (int i = 0; i < 16384; i++) { char line[4096]; memset(line, 'x', sizeof line); if (write(2, line, sizeof line) < 0) break; }
#endif
#ifdef LEAVES_CHILD
    /* it keeps the output open, and heeds no signal that can be refused */
    if (fork() == 0) { for (int i = 1; i < 32; i++) signal(i, SIG_IGN); sleep(600); _exit(0); }
#endif
#ifdef LEAVES_TALKER
    /* it leaves the group, and talks for as long as somebody listens */
    if (fork() == 0) { setsid(); while (write(1, "xxxxxxxx", 8) > 0) usleep(200); _exit(0); }
#endif
#ifdef FORKS
    if (fork() == 0) { sleep(20); _exit(0); }
    _exit(7);
#endif
    return OK;
}

static ULONG finalize(void *nothing) {
    (void)nothing;
#ifdef FINALIZE_FAILS
    return GENERAL_ERROR;
#endif
#ifdef CRASH_EXIT
    atexit(crash);
#endif
#ifdef HANG_EXIT
    atexit(hang);
#endif
    return OK;
}

struct info { BYTE version[2]; BYTE manufacturer[32]; ULONG flags; BYTE description[32]; BYTE library[2]; };
static ULONG get_info(struct info *info) {
#ifdef EXITS
    exit(0);
#endif
    memset(info, 0, sizeof *info);
    info->version[0] = 2; info->version[1] = 20;
    info->library[0] = 1; info->library[1] = 4;
    pad(info->manufacturer, 32, "Atelier");
    pad(info->description, 32, "A module for tests");
#ifdef ODD_TEXTS
    memcpy(info->manufacturer, "Atelier\0of lies", 16);
    pad(info->description, 32, "\033]0;owned\007 \342\200\256txet");
#endif
    return OK;
}

static ULONG get_slot_list(BYTE present, ULONG *slots, ULONG *count) {
    static ULONG grown = 0;
    ULONG there = SLOTS;
    (void)present;
#ifdef CRASH_SLOTS
    crash();
#endif
#ifdef GROWS
    if (slots) grown = grown ? grown : 1;
    there += grown;
#endif
#ifdef GROWS_FOR_EVER
    there += grown++;
#endif
#ifdef SLOTS_WITHOUT_END
    there = 0x7fffffffffffffffUL;
#endif
    (void)grown;
    if (slots && *count < there) { *count = there; return TOO_SMALL; }
    *count = there;
    for (ULONG i = 0; slots && i < there; i++) slots[i] = 10 + i;
    return OK;
}

struct slot_info { BYTE description[64]; BYTE manufacturer[32]; ULONG flags; BYTE hardware[2]; BYTE firmware[2]; };
static ULONG get_slot_info(ULONG slot, struct slot_info *info) {
    char name[32];
    memset(info, 0, sizeof *info);
    snprintf(name, sizeof name, "Lecteur %lu", slot - 10);
#ifdef READER
    snprintf(name, sizeof name, "%s", READER);
#endif
    pad(info->description, 64, name);
    pad(info->manufacturer, 32, "");
    return OK;
}

struct token_info {
    BYTE label[32]; BYTE manufacturer[32]; BYTE model[16]; BYTE serial[16]; ULONG flags; ULONG counts[4];
    ULONG longest; ULONG shortest; ULONG memory[4]; BYTE hardware[2]; BYTE firmware[2]; BYTE time[16];
};
static ULONG get_token_info(ULONG slot, struct token_info *info) {
#ifdef CRASH_SECOND_TOKEN
    if (slot == 11) crash();
#endif
#ifdef SLEEPS_IN_TOKEN
    hang();
#endif
#ifdef ONE_FAILS
    if (slot == 11) return DEVICE_ERROR;
#endif
#ifdef EMPTY
    return NOT_PRESENT;
#endif
#ifdef NOT_KNOWN
    return NOT_RECOGNIZED;
#endif
    memset(info, 0, sizeof *info);
    pad(info->label, 32, "CPS3v3-0022000011");
    pad(info->manufacturer, 32, "Atelier");
    pad(info->model, 16, "IAS ECC");
    pad(info->serial, 16, "22000011");
#ifdef ODD_TEXTS
    memset(info->label, 'A', 32);
    memcpy(info->model, "IAS\0ECC\033[2J", 12);
    memset(info->manufacturer, 0xE9, 32);
#endif
    info->flags = 0x40D;
#ifdef FLAGS
    info->flags |= FLAGS;
#endif
    info->longest = 8; info->shortest = 4;
    (void)slot;
    return OK;
}

static ULONG get_mechanism_list(ULONG slot, ULONG *list, ULONG *count) {
    (void)slot;
    if (list && *count < 2) return TOO_SMALL;
    if (list) { list[0] = 1; list[1] = 0x40; }
    *count = 2;
    return OK;
}

static ULONG open_session(ULONG slot, ULONG flags, void *application, void *notify, ULONG *session) {
    (void)slot; (void)flags; (void)application; (void)notify;
    *session = 1;
    return OK;
}
static ULONG on_session(ULONG session) { (void)session; return OK; }

struct attribute { ULONG type; void *value; ULONG length; };
static int found;
static ULONG class;
static ULONG find_begin(ULONG session, struct attribute *pattern, ULONG count) {
    (void)session; (void)count;
    found = 0;
    class = *(ULONG *)pattern->value;
    return OK;
}
static ULONG find(ULONG session, ULONG *objects, ULONG room, ULONG *count) {
    (void)session;
#ifdef OBJECTS_WITHOUT_END
    for (ULONG i = 0; i < room; i++) objects[i] = i;
    *count = room;
#else
    (void)room;
    *count = found ? 0 : 1;
    if (!found) objects[0] = 5;
    found = 1;
#endif
    return OK;
}

static ULONG get_attribute(ULONG session, ULONG object, struct attribute *attribute, ULONG count) {
    (void)session; (void)object; (void)count;
#ifdef LENGTH_LIES
    if (attribute->value) { attribute->length = (ULONG)-1 / 2; return OK; }
    attribute->length = attribute->type == 3 ? 4 : 2000;
    return OK;
#endif
#ifdef CERTIFICATE
    static BYTE bytes[8192];
    FILE *file = class == 1 && attribute->type == 0x11 ? fopen(CERTIFICATE, "r") : NULL;
    if (file) {
        attribute->length = fread(bytes, 1, sizeof bytes, file);
        if (attribute->value) memcpy(attribute->value, bytes, attribute->length);
        fclose(file);
        return OK;
    }
#endif
    if (attribute->type != 3) { attribute->length = (ULONG)-1; return ATTRIBUTE_INVALID; }
    if (attribute->value) memcpy(attribute->value, "label", 5);
#ifdef WRITES_BEYOND
    if (attribute->value) ((volatile BYTE *)attribute->value)[5] = 0;
#endif
    attribute->length = 5;
    return OK;
}

/* C_Login must never be called without being asked for: its trace is a file. */
static ULONG login(ULONG session, ULONG user, BYTE *code, ULONG length) {
    (void)session; (void)user; (void)code; (void)length;
#ifdef LOGIN_TRACE
    FILE *trace = fopen(LOGIN_TRACE, "a");
    if (trace) { fputs("login\n", trace); fclose(trace); }
#endif
#ifdef LOGIN_WAITS
    while (access(LOGIN_WAITS, F_OK) != 0) usleep(1000);
#endif
#ifdef LOGIN_CRASHES
    crash();
#endif
#ifdef LOGIN_CODE
    return LOGIN_CODE;
#endif
    return OK;
}

static ULONG not_supported(void) {
#ifdef LOGIN_TRACE
    FILE *trace = fopen(LOGIN_TRACE, "a");
    if (trace) { fputs("unexpected\n", trace); fclose(trace); }
#endif
    return NOT_SUPPORTED;
}

struct list { BYTE version[2]; void *functions[68]; };
static struct list list;

#ifndef NO_MODULE
ULONG C_GetFunctionList(struct list **given) {
#ifdef NULL_LIST
    *given = NULL;
    return OK;
#endif
    list.version[0] = 2; list.version[1] = 11;
#ifdef VERSION_3
    list.version[0] = 3; list.version[1] = 0;
#endif
    for (int i = 0; i < 68; i++) list.functions[i] = (void *)not_supported;
    list.functions[0] = (void *)initialize;
    list.functions[1] = (void *)finalize;
    list.functions[2] = (void *)get_info;
    list.functions[3] = (void *)C_GetFunctionList;
    list.functions[4] = (void *)get_slot_list;
    list.functions[5] = (void *)get_slot_info;
    list.functions[6] = (void *)get_token_info;
    list.functions[7] = (void *)get_mechanism_list;
    list.functions[12] = (void *)open_session;
    list.functions[13] = (void *)on_session;
    list.functions[18] = (void *)login;
    list.functions[19] = (void *)on_session;
    list.functions[24] = (void *)get_attribute;
    list.functions[26] = (void *)find_begin;
    list.functions[27] = (void *)find;
    list.functions[28] = (void *)on_session;
#ifdef NULL_FUNCTION
    list.functions[5] = NULL;
#endif
    *given = &list;
    return OK;
}
#endif

#ifdef FAILING_INTERFACE
ULONG C_GetInterface(void *name, void *version, void **interface, ULONG flags) {
    (void)name; (void)version; (void)flags;
    *interface = NULL;
    return GENERAL_ERROR;
}
#endif
