/* A library that only reads cards: what it is for works, and what it has not is a status with words. */
#include <cpx_card.h>

#include <stdio.h>
#include <string.h>

#define EXPECT(what) do { if (!(what)) { fprintf(stderr, "line %d: %s\n", __LINE__, #what); return 1; } } while (0)

int main(void)
{
    CpxContextOptions with_card;
    CpxReadOptions with_certificates;
    CpxContext *context = NULL;
    CpxCards *cards = NULL;
    CpxCheckup *checkup = NULL;
    const char *text = NULL;
    char french[500] = "", english[500] = "";
    int32_t outcome = -1;

    memset(&with_card, 0, sizeof with_card);
    with_card.struct_size = sizeof with_card;
    with_card.virtual_cards = "cps-medecin,-";
    with_card.virtual_cards_length = strlen(with_card.virtual_cards);
    memset(&with_certificates, 0, sizeof with_certificates);
    with_certificates.struct_size = sizeof with_certificates;
    with_certificates.flags = CPX_READ_CERTIFICATES;

    EXPECT(cpx_context_new(&with_card, &context) == CPX_STATUS_OK);
    EXPECT(cpx_read(context, NULL, &cards) == CPX_STATUS_OK);
    EXPECT(cpx_card_type(cards, 0, &text, NULL) == CPX_STATUS_OK && strcmp(text, "CPS") == 0);
    EXPECT(cpx_cards_json(cards, &text, NULL) == CPX_STATUS_OK && strstr(text, "cpx-check.card/1") != NULL);
    EXPECT(cpx_reader_sentence(cards, 0, CPX_LANGUAGE_FRENCH, &text, NULL) == CPX_STATUS_OK && strchr(text, ' ') != NULL);
    EXPECT(cpx_reader_sentence(cards, 1, CPX_LANGUAGE_ENGLISH, &text, NULL) == CPX_STATUS_OK && strchr(text, ' ') != NULL);
    EXPECT(cpx_cards_free(&cards) == CPX_STATUS_OK);

    EXPECT(cpx_read(context, &with_certificates, &cards) == CPX_STATUS_NOT_BUILT && cards == NULL);
    EXPECT(cpx_check(context, NULL, &checkup) == CPX_STATUS_NOT_BUILT && checkup == NULL);
    EXPECT(cpx_last_error(context, CPX_LANGUAGE_FRENCH, french, sizeof french, NULL) == CPX_STATUS_OK);
    EXPECT(cpx_last_error(context, CPX_LANGUAGE_ENGLISH, english, sizeof english, NULL) == CPX_STATUS_OK);
    EXPECT(strchr(french, ' ') != NULL && strchr(english, ' ') != NULL && strcmp(french, english) != 0);
    EXPECT(cpx_checkup_outcome(checkup, &outcome) == CPX_STATUS_NULL && outcome == -1);
    EXPECT(cpx_checkup_sentence(checkup, CPX_LANGUAGE_FRENCH, &text, NULL) == CPX_STATUS_NULL);
    EXPECT(cpx_checkup_free(&checkup) == CPX_STATUS_NULL);
    EXPECT(cpx_context_free(&context) == CPX_STATUS_OK);
    return 0;
}
