/*
 * Who is on the card: prints the type and the holder of every health-professional card, says of the other readers what is in
 * them, then waits until a card is taken out. C99, C11 and C++17.
 *
 *   who_is_on_the_card [--in-full] [--simulate CARD] [--check MODULE_HOST]
 *
 * With --check it says whether this workstation is ready as well: MODULE_HOST is the path of cpx-card-modules, the program that
 * asks PKCS#11 modules in a process of its own.
 * A virtual card is taken out by the program itself, because nobody else can.
 */
#include <cpx_card.h>

#include <stdio.h>
#include <string.h>

/* Says why something could not be done. */
static int failed(const CpxContext *context, CpxStatus status)
{
    char words[1024] = "";
    if (cpx_last_error(context, CPX_LANGUAGE_FRENCH, words, sizeof words, NULL) != CPX_STATUS_OK)
        cpx_status_text(status, CPX_LANGUAGE_FRENCH, words, sizeof words, NULL);
    fprintf(stderr, "%s\n", words);
    return 1;
}

typedef CpxStatus Getter(const CpxCards *cards, size_t reader, const char **text, size_t *length);

/* One value of a card, which the card may not have. */
static void line(const char *label, Getter *getter, const CpxCards *cards, size_t reader)
{
    const char *text = NULL;
    if (getter(cards, reader, &text, NULL) == CPX_STATUS_OK)
        printf("  %s : %s\n", label, text);
}

/* What is in each reader; gives the number of health-professional cards. */
static int tell(const CpxCards *cards)
{
    size_t count = 0, reader;
    int found = 0;
    cpx_cards_count(cards, &count);
    if (count == 0)
        printf("Aucun lecteur de cartes.\n");
    for (reader = 0; reader < count; reader++) {
        const char *name = "", *sentence = "", *remedy = "";
        int32_t state = CPX_READER_STATE_ERROR;
        cpx_reader_state(cards, reader, &state);
        cpx_reader_name(cards, reader, &name, NULL);
        cpx_reader_sentence(cards, reader, CPX_LANGUAGE_FRENCH, &sentence, NULL);
        printf("%s : %s\n", name, sentence);
        if (cpx_reader_remedy(cards, reader, CPX_LANGUAGE_FRENCH, &remedy, NULL) == CPX_STATUS_OK)
            printf("  %s\n", remedy);
        if (state == CPX_READER_STATE_CPX) {
            found++;
            line("type", cpx_card_type, cards, reader);
            line("porteur", cpx_holder_name, cards, reader);
            line("identifiant", cpx_holder_id, cards, reader);
            line("carte", cpx_card_number, cards, reader);
        }
    }
    return found;
}

/* Whether this workstation is ready; else the one cause and what to do. */
static CpxStatus tell_verdict(const CpxContext *context)
{
    CpxCheckup *checkup = NULL;
    const char *text = NULL;
    CpxStatus status = cpx_check(context, NULL, &checkup);
    if (status == CPX_STATUS_OK && (status = cpx_checkup_sentence(checkup, CPX_LANGUAGE_FRENCH, &text, NULL)) == CPX_STATUS_OK)
        printf("%s\n", text);
    if (status == CPX_STATUS_OK && cpx_checkup_cause(checkup, CPX_LANGUAGE_FRENCH, &text, NULL) == CPX_STATUS_OK)
        printf("  %s\n", text);
    if (status == CPX_STATUS_OK && cpx_checkup_remedy(checkup, CPX_LANGUAGE_FRENCH, &text, NULL) == CPX_STATUS_OK)
        printf("  %s\n", text);
    cpx_checkup_free(&checkup);
    return status;
}

/* Waits until a card is taken out, a minute at most. */
static CpxStatus wait_for_removal(const CpxContext *context, const CpxWatch *watch, const char *card)
{
    CpxEvent event;
    CpxStatus status;
    memset(&event, 0, sizeof event);
    event.struct_size = sizeof event;
    while ((status = cpx_watch_next(watch, 60000, &event)) == CPX_STATUS_OK) {
        if (event.kind == CPX_EVENT_KIND_INSERTED && card != NULL)
            cpx_virtual_remove(context, 0);
        if (event.kind == CPX_EVENT_KIND_REMOVED) {
            printf("%s : carte retirée\n", event.reader);
            break;
        }
    }
    return status;
}

int main(int count, char **arguments)
{
    CpxContextOptions context_options;
    CpxReadOptions read_options;
    CpxContext *context = NULL;
    CpxWatch *watch = NULL;
    CpxCards *cards = NULL;
    CpxStatus status;
    const char *card = NULL, *module_host = NULL;
    int index, result = 0;

    memset(&context_options, 0, sizeof context_options);
    context_options.struct_size = sizeof context_options;
    memset(&read_options, 0, sizeof read_options);
    read_options.struct_size = sizeof read_options;
    read_options.timeout_ms = 30000;
    for (index = 1; index < count; index++) {
        if (strcmp(arguments[index], "--in-full") == 0)
            read_options.flags |= CPX_READ_IN_FULL;
        if (strcmp(arguments[index], "--simulate") == 0 && index + 1 < count)
            card = arguments[++index];
        if (strcmp(arguments[index], "--check") == 0 && index + 1 < count)
            module_host = arguments[++index];
    }
    if (card != NULL) {
        context_options.virtual_cards = card;
        context_options.virtual_cards_length = strlen(card);
    }
    if (module_host != NULL) {
        context_options.module_host = module_host;
        context_options.module_host_length = strlen(module_host);
    }
    /* the header of an interface, the library of another one */
    if (cpx_abi_version() < CPX_ABI_VERSION) {
        fprintf(stderr, "cpx_card %s is too old\n", cpx_version());
        return 1;
    }
    status = cpx_context_new(&context_options, &context);
    if (status != CPX_STATUS_OK)
        return failed(context, status);
    /* begun before the card is read: one that is taken out meanwhile is told too */
    status = cpx_watch_new(context, NULL, NULL, &watch);
    if (status == CPX_STATUS_OK)
        status = cpx_read(context, &read_options, &cards);
    if (status == CPX_STATUS_OK && module_host != NULL)
        status = tell_verdict(context);
    if (status == CPX_STATUS_OK && tell(cards) > 0) {
        fflush(stdout);
        status = wait_for_removal(context, watch, card);
    }
    if (status != CPX_STATUS_OK)
        result = failed(context, status);
    cpx_cards_free(&cards);
    cpx_watch_free(&watch);
    cpx_context_free(&context);
    return result;
}
