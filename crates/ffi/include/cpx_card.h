/*
 * cpx_card.h: the health-professional cards of France (CPS, CPF, CPE, CDE, CPA, CDA) for applications.
 *
 * Who is on the card, why there is none, what happens in the readers, whether the workstation is ready for the portals.
 * Made from the sources of cpx-card by `make generate`; SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * Texts are UTF-8. Those that a call takes have a length in bytes and need no NUL behind them. Those that it shows belong to
 * the handle that shows them and have both. Handles are freed by their cpx_*_free, which takes the address of the handle and
 * sets it to null: a second time gives CPX_STATUS_NULL. A handle must not be freed while another thread uses it.
 *
 * A library can be built to read cards and nothing else, a third as large: there cpx_check and CPX_READ_CERTIFICATES give
 * CPX_STATUS_NOT_BUILT.
 *
 * Nothing here asks for a code or writes on a card. Each function says on which threads it may be called. Enums are passed
 * and told as int32_t, because later versions can add to them.
 *
 * Cards are left as they were. The PC/SC service resets a card whose user ends in the middle of an exchange, and throws out
 * whoever is logged in on it. So before a program ends (at the end of main, before exit, in what it does about a signal or
 * about the end of the session), it calls cpx_cancel where a call may be waiting on another thread, then cpx_context_free.
 * The library itself hears no signal and no exit. Being killed, exit without these calls, and a card that never answers are
 * what nobody can promise for.
 *
 * Once used, the library stays in memory until the program ends, also after dlclose or FreeLibrary.
 */

#ifndef CPX_CARD_H
#define CPX_CARD_H

#include <stddef.h>
#include <stdint.h>

// Bytes of a text that a caller may give.
#define CPX_MAX_TEXT 4096

// The version of this interface. It grows when something is added; a program made for a version works with every later one
// under the same SONAME.
#define CPX_ABI_VERSION 1

// For CpxReadOptions.flags: reads the certificates too, which tell the type further and take longer. CPX_STATUS_NOT_BUILT in
// a library that only reads cards.
#define CPX_READ_CERTIFICATES 1

// For CpxReadOptions.flags: names, identifiers and numbers in full. Without it all but their last three characters are
// stars, in every text and in the JSON.
#define CPX_READ_IN_FULL 2

// For CpxCheckupOptions.flags: the network may be used. CPX_STATUS_NOT_BUILT where the library was built without it.
#define CPX_CHECK_ONLINE 1

// For CpxCheckupOptions.flags: names, identifiers, numbers and paths in full.
#define CPX_CHECK_IN_FULL 2

// How a call ended. The numbers are stable; others may be added.
enum CpxStatus
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // All is well.
  CPX_STATUS_OK = 0,
  // There is nothing to tell: the card has no such value, or nothing happened in time.
  CPX_STATUS_NOTHING = 1,
  // A pointer that must not be null is null; a handle was already freed.
  CPX_STATUS_NULL = 2,
  // A text is not UTF-8, is longer than CPX_MAX_TEXT, or names nothing that is known.
  CPX_STATUS_INVALID_TEXT = 3,
  // The struct_size of a structure, or a flag, a language or another number, is not one of this version.
  CPX_STATUS_INVALID_ARGUMENT = 4,
  // There is no reader of this index.
  CPX_STATUS_OUT_OF_RANGE = 5,
  // The buffer is too small; the needed size is told.
  CPX_STATUS_BUFFER_TOO_SMALL = 6,
  // The call would wait for the callback in which it is made.
  CPX_STATUS_IN_CALLBACK = 7,
  // Somebody else is at it: a callback that runs does not come to its end, another thread asks the same watch. The handle
  // stays valid; try again.
  CPX_STATUS_BUSY = 8,
  // cpx_cancel ended the call.
  CPX_STATUS_CANCELLED = 9,
  // The deadline passed.
  CPX_STATUS_TIMED_OUT = 10,
  // The PC/SC service cannot be used; cpx_last_reason says why.
  CPX_STATUS_NO_SERVICE = 11,
  // This library was built without it.
  CPX_STATUS_NOT_BUILT = 12,
  // An error of this library; the call did nothing.
  CPX_STATUS_INTERNAL = 13,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum CpxStatus CpxStatus;
#else
typedef int32_t CpxStatus;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What is in a reader. Others may be added: treat them as CPX_READER_STATE_ERROR.
enum CpxReaderState
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // No card.
  CPX_READER_STATE_EMPTY = 0,
  // A health-professional card that was read.
  CPX_READER_STATE_CPX = 1,
  // A card of another kind.
  CPX_READER_STATE_FOREIGN = 2,
  // A card that does not answer: the wrong way round, dirty, dead.
  CPX_READER_STATE_MUTE = 3,
  // A card that another program holds.
  CPX_READER_STATE_BUSY = 4,
  // A card or a reader that could not be read.
  CPX_READER_STATE_ERROR = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum CpxReaderState CpxReaderState;
#else
typedef int32_t CpxReaderState;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// Whether the portals can be entered from this workstation. Others may be added: treat them as
// CPX_READINESS_CANNOT_TELL.
enum CpxReadiness
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // Yes.
  CPX_READINESS_READY = 0,
  // Yes, with a reservation.
  CPX_READINESS_RESERVED = 1,
  // No.
  CPX_READINESS_NOT_READY = 2,
  // Not all could be seen.
  CPX_READINESS_CANNOT_TELL = 3,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum CpxReadiness CpxReadiness;
#else
typedef int32_t CpxReadiness;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What is being looked at. Others may be added.
enum CpxStage
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // The card is being read.
  CPX_STAGE_CARD = 0,
  // The system, the Cryptolib and the browsers are being looked at.
  CPX_STAGE_WORKSTATION = 1,
  // PKCS#11 modules are being asked.
  CPX_STAGE_MODULES = 2,
  // The network is being tried.
  CPX_STAGE_NETWORK = 3,
  // Something that this version of the header does not know.
  CPX_STAGE_OTHER = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum CpxStage CpxStage;
#else
typedef int32_t CpxStage;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What happened. Others may be added: pass them over.
enum CpxEventKind
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // A reader was plugged in.
  CPX_EVENT_KIND_READER_ADDED = 0,
  // A reader was unplugged.
  CPX_EVENT_KIND_READER_REMOVED = 1,
  // A card was put into a reader.
  CPX_EVENT_KIND_INSERTED = 2,
  // The card was taken out of a reader; always told before the next one is put in.
  CPX_EVENT_KIND_REMOVED = 3,
  // The PC/SC service does not answer any more: `reason` says why. The watch goes on.
  CPX_EVENT_KIND_SERVICE_LOST = 4,
  // It answers again.
  CPX_EVENT_KIND_SERVICE_BACK = 5,
  // Cards came and went too briefly to be told one by one: `times` says how often.
  CPX_EVENT_KIND_BOUNCED = 6,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum CpxEventKind CpxEventKind;
#else
typedef int32_t CpxEventKind;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// The language of sentences.
enum CpxLanguage
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  // French.
  CPX_LANGUAGE_FRENCH = 0,
  // English.
  CPX_LANGUAGE_ENGLISH = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum CpxLanguage CpxLanguage;
#else
typedef int32_t CpxLanguage;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

// What was read: every reader and the card in it. It never changes, and can be asked on any thread.
typedef struct CpxCards CpxCards;

// The verdict on a workstation. It never changes, and can be asked on any thread.
typedef struct CpxCheckup CpxCheckup;

// What a program uses this library with. Two contexts have nothing in common.
typedef struct CpxContext CpxContext;

// A watch over the readers.
typedef struct CpxWatch CpxWatch;

// How a context is made. Texts are UTF-8 with their lengths in bytes; null and 0 stand for "as usual".
typedef struct {
  // sizeof(CpxContextOptions).
  size_t struct_size;
  // The path of the program cpx-card-modules, which asks PKCS#11 modules in a process of its own. Without it they are not
  // asked.
  const char *module_host;
  // Its length in bytes.
  size_t module_host_length;
  // Virtual cards for tests instead of the readers of this machine: the names of the cards (cpx-check simulate --list),
  // joined by commas, each in a reader of its own; "-" stands for an empty reader. CPX_STATUS_NOT_BUILT where the library
  // was built without the simulator.
  const char *virtual_cards;
  // Its length in bytes.
  size_t virtual_cards_length;
} CpxContextOptions;

// How cards are read.
typedef struct {
  // sizeof(CpxReadOptions).
  size_t struct_size;
  // CPX_READ_ flags, joined by |.
  uint32_t flags;
  // Milliseconds after which the call ends with CPX_STATUS_TIMED_OUT; 0 for the library's own bound, two minutes.
  uint32_t timeout_ms;
  // Only the reader of exactly this name, as an event or cpx_reader_name gives it: UTF-8; null for all. A name that no reader
  // has is CPX_STATUS_OUT_OF_RANGE.
  const char *reader;
  // Its length in bytes.
  size_t reader_length;
} CpxReadOptions;

// How a workstation is checked.
typedef struct {
  // sizeof(CpxCheckupOptions).
  size_t struct_size;
  // CPX_CHECK_ flags, joined by |.
  uint32_t flags;
  // Milliseconds after which the call ends with CPX_STATUS_TIMED_OUT; 0 for the library's own bound, two minutes.
  uint32_t timeout_ms;
  // Only for these portals: "psc", "tom" ... (cpx-check --help tells them), joined by commas; null for all.
  const char *portals;
  // Its length in bytes.
  size_t portals_length;
} CpxCheckupOptions;

// Is told what is being looked at, a CpxStage, as it begins: on threads of the library, perhaps two at the same time. It may
// call cpx_cancel, which ends the call with CPX_STATUS_CANCELLED. It may be called until that call has come back, and after a
// cancel or a deadline for a few seconds more: what `user` points to must live on. It must not throw an exception.
typedef void (*CpxProgress)(int32_t stage, void *user);

// Something that happened in a reader, or to the service.
typedef struct {
  // sizeof(CpxEvent), of the library in a callback, of the caller in cpx_watch_next.
  size_t struct_size;
  // A CpxEventKind.
  int32_t kind;
  // For CPX_EVENT_KIND_BOUNCED, how many times a card was put in and taken out again; else 0.
  uint32_t times;
  // The name of the reader, as it may be shown: UTF-8 with a NUL behind it; empty for the service.
  const char *reader;
  // Its length in bytes.
  size_t reader_length;
  // The stable code of why the service is lost; else empty.
  const char *reason;
  // Its length in bytes.
  size_t reason_length;
} CpxEvent;

// Is told what happens, on the watch's own thread, one event after the other. The event and its texts live until it comes
// back. It may call this library: reading and cancelling, but freeing its own watch gives CPX_STATUS_IN_CALLBACK. It must
// not throw an exception.
typedef void (*CpxCallback)(const CpxEvent *event, void *user);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of this interface: CPX_ABI_VERSION of the library that is loaded.
//
// Any thread.
uint32_t cpx_abi_version(void);

// The version of the library, as text: "0.1.0". It lives as long as the library.
//
// Any thread.
const char *cpx_version(void);

// Makes a context. `options` may be null. No card and no service is asked yet.
//
// Any thread.
CpxStatus cpx_context_new(const CpxContextOptions *options, CpxContext **context);

// Frees a context and sets the caller's handle to null. What was made with it lives on and is freed by itself. The handle
// must not be in use in another call. A card that a call with a deadline has left waiting is left as it was: that takes until
// it answers, at most 15 seconds. A program frees its contexts before it ends, or else that card may be reset.
//
// Any thread, also inside a callback; waits for the cards.
CpxStatus cpx_context_free(CpxContext **context);

// Ends every call of this context that is waiting: each one gives CPX_STATUS_CANCELLED. Watches go on; calls that begin
// later are not concerned. Comes back when the cards of those calls are left as they were: that takes until they answer, at
// most 15 seconds.
//
// Any thread, also inside a callback; waits for the cards.
CpxStatus cpx_cancel(const CpxContext *context);

// The last failure of this context and of what was made with it, in words, with what to do about it: copied into `buffer`
// (`size` bytes) with a NUL behind it. `needed` is told how many bytes that takes, the NUL counted; with a null buffer that
// is all that happens, and the status is CPX_STATUS_BUFFER_TOO_SMALL. CPX_STATUS_NOTHING where nothing has failed.
//
// Any thread, also inside a callback.
CpxStatus cpx_last_error(const CpxContext *context,
                         int32_t language,
                         char *buffer,
                         size_t size,
                         size_t *needed);

// The stable code of the last failure ("pcsc-absent", "deadline-passed" ...), as cpx_last_error; empty where the status says
// it all.
//
// Any thread, also inside a callback.
CpxStatus cpx_last_reason(const CpxContext *context,
                          char *buffer,
                          size_t size,
                          size_t *needed);

// A status in words, copied as cpx_last_error does.
//
// Any thread, also inside a callback.
CpxStatus cpx_status_text(int32_t status, int32_t language, char *buffer, size_t size, size_t *needed);

// Puts a virtual card into a virtual reader, instead of the one that may be there: for the tests of a program.
// CPX_STATUS_NOT_BUILT where this context has no virtual readers.
//
// Any thread, also inside a callback.
CpxStatus cpx_virtual_insert(const CpxContext *context,
                             size_t reader,
                             const char *card,
                             size_t card_length);

// Takes the card out of a virtual reader.
//
// Any thread, also inside a callback.
CpxStatus cpx_virtual_remove(const CpxContext *context, size_t reader);

// Reads every card, without any code, and leaves it as it was. `options` may be null.
//
// CPX_STATUS_NO_SERVICE where PC/SC cannot be used. A reader without a card, or with one that cannot be read, is part of the
// answer: cpx_reader_reason says why.
//
// Any thread, also inside a callback; waits for the cards.
CpxStatus cpx_read(const CpxContext *context,
                   const CpxReadOptions *options,
                   CpxCards **cards);

// Frees what was read, with every text that it showed, and sets the caller's handle to null.
//
// Any thread, also inside a callback.
CpxStatus cpx_cards_free(CpxCards **cards);

// How many readers there are; they are asked for by 0, 1, 2 ...
//
// Any thread, also inside a callback.
CpxStatus cpx_cards_count(const CpxCards *cards, size_t *count);

// Everything as JSON: schema cpx-check.card/1. The text lives as long as `cards`, has a NUL behind it, and `length` (which
// may be null) bytes before that.
//
// Any thread, also inside a callback.
CpxStatus cpx_cards_json(const CpxCards *cards,
                         const char **text,
                         size_t *length);

// What is in a reader: a CpxReaderState.
//
// Any thread, also inside a callback.
CpxStatus cpx_reader_state(const CpxCards *cards, size_t reader, int32_t *state);

// The name of a reader, as it may be shown. Texts are as for cpx_cards_json.
//
// Any thread, also inside a callback.
CpxStatus cpx_reader_name(const CpxCards *cards, size_t reader, const char **text, size_t *length);

// The stable code of why there is no card ("reader-empty", "card-mute", "card-in-use" ...), or "cpx-read".
//
// Any thread, also inside a callback.
CpxStatus cpx_reader_reason(const CpxCards *cards, size_t reader, const char **text, size_t *length);

// The type of the card: "CPS", "CPF", "CPE" ... CPX_STATUS_NOTHING where there is no such card or the card does not say.
//
// Any thread, also inside a callback.
CpxStatus cpx_card_type(const CpxCards *cards,
                        size_t reader,
                        const char **text,
                        size_t *length);

// The number of the card, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_card_number(const CpxCards *cards, size_t reader, const char **text, size_t *length);

// The identifier of the holder (RPPS number and its kin), masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as
// for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_holder_id(const CpxCards *cards,
                        size_t reader,
                        const char **text,
                        size_t *length);

// The given name and the surname of the holder, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for
// cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_holder_name(const CpxCards *cards,
                          size_t reader,
                          const char **text,
                          size_t *length);

// The given name of the holder alone, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_holder_given_name(const CpxCards *cards,
                                size_t reader,
                                const char **text,
                                size_t *length);

// The surname of the holder alone, masked unless CPX_READ_IN_FULL was given. CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_holder_surname(const CpxCards *cards,
                             size_t reader,
                             const char **text,
                             size_t *length);

// The register that gave the identifier of the holder: "RPPS", "ADELI", "FINESS" ... CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_holder_register(const CpxCards *cards,
                              size_t reader,
                              const char **text,
                              size_t *length);

// The profession of the holder, its code in table G15: "10" for a physician. CPX_STATUS_NOTHING as for cpx_card_type, and for a
// holder in training.
//
// Any thread, also inside a callback.
CpxStatus cpx_profession_code(const CpxCards *cards,
                              size_t reader,
                              const char **text,
                              size_t *length);

// The profession of the holder in French: "Médecin". CPX_STATUS_NOTHING as for cpx_profession_code, and for a code that the table
// does not have.
//
// Any thread, also inside a callback.
CpxStatus cpx_profession_label(const CpxCards *cards,
                               size_t reader,
                               const char **text,
                               size_t *length);

// The first day of the card's validity: "2025-09-01". CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_card_valid_from(const CpxCards *cards, size_t reader, const char **text, size_t *length);

// The last day of the card's validity: "2028-09-01". CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_card_valid_until(const CpxCards *cards, size_t reader, const char **text, size_t *length);

// Whether the card is real: "real", "test" ..., "unknown" for a code that is not known. CPX_STATUS_NOTHING as for cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_card_category(const CpxCards *cards,
                            size_t reader,
                            const char **text,
                            size_t *length);

// How many wrong codes the card still takes before it is blocked: 0 to 15. Asking consumes none. CPX_STATUS_NOTHING as for
// cpx_card_type.
//
// Any thread, also inside a callback.
CpxStatus cpx_card_tries_left(const CpxCards *cards,
                              size_t reader,
                              int32_t *tries);

// The stable codes of what there is to say against a card ("card-expired", "code-last-try" ...), asked for by 0, 1, 2 ... until
// CPX_STATUS_NOTHING. cpx-check explains each in fixtures/schema/codes.md.
//
// Any thread, also inside a callback.
CpxStatus cpx_reader_reservation(const CpxCards *cards,
                                 size_t reader,
                                 size_t number,
                                 const char **text,
                                 size_t *length);

// A sentence about a reader and its card, in a CpxLanguage: what there is, or why there is none. No name is in it.
//
// Any thread, also inside a callback.
CpxStatus cpx_reader_sentence(const CpxCards *cards,
                              size_t reader,
                              int32_t language,
                              const char **text,
                              size_t *length);

// What to do about it, in a CpxLanguage; CPX_STATUS_NOTHING where there is nothing to do.
//
// Any thread, also inside a callback.
CpxStatus cpx_reader_remedy(const CpxCards *cards,
                            size_t reader,
                            int32_t language,
                            const char **text,
                            size_t *length);

// Observes this workstation and judges whether it is ready for the portals. `options` may be null. PKCS#11 modules are asked
// where the context has a module_host; without one a workstation is never said to be ready. CPX_STATUS_NOT_BUILT in a library
// that only reads cards.
//
// Any thread, also inside a callback; takes seconds.
CpxStatus cpx_check(const CpxContext *context,
                    const CpxCheckupOptions *options,
                    CpxCheckup **checkup);

// The same, telling `progress` what is being looked at; `user` is passed to it.
//
// Any thread, also inside a callback; takes seconds.
CpxStatus cpx_check_with_progress(const CpxContext *context,
                                  const CpxCheckupOptions *options,
                                  CpxProgress progress,
                                  void *user,
                                  CpxCheckup **checkup);

// Frees a verdict, with every text that it showed, and sets the caller's handle to null.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_free(CpxCheckup **checkup);

// The verdict: a CpxReadiness.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_outcome(const CpxCheckup *checkup, int32_t *outcome);

// Everything as JSON: schema cpx-check.diagnosis/2. Texts are as for cpx_cards_json, and live as long as `checkup`.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_json(const CpxCheckup *checkup,
                           const char **text,
                           size_t *length);

// The code that says the verdict over the telephone.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_support_code(const CpxCheckup *checkup, const char **text, size_t *length);

// The verdict in a sentence, in a CpxLanguage.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_sentence(const CpxCheckup *checkup,
                               int32_t language,
                               const char **text,
                               size_t *length);

// The one cause, in a CpxLanguage; CPX_STATUS_NOTHING where there is none.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_cause(const CpxCheckup *checkup, int32_t language, const char **text, size_t *length);

// The stable id of the check that is the one cause ("pcsc-service-running" ...); CPX_STATUS_NOTHING where there is none.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_cause_id(const CpxCheckup *checkup,
                               const char **text,
                               size_t *length);

// What to do about it, in a CpxLanguage; CPX_STATUS_NOTHING where there is nothing to do.
//
// Any thread, also inside a callback.
CpxStatus cpx_checkup_remedy(const CpxCheckup *checkup, int32_t language, const char **text, size_t *length);

// Begins to watch the readers. With a callback, `user` is passed to it; without, cpx_watch_next is to be asked. The readers
// and cards that are there at the beginning are told first. Begin it before cpx_read where a removal matters: a
// card that was taken out before the watch began was never there for it.
//
// Any thread, also inside a callback.
CpxStatus cpx_watch_new(const CpxContext *context,
                        CpxCallback callback,
                        void *user,
                        CpxWatch **watch);

// What happened next: waits for it at most so many milliseconds, then gives CPX_STATUS_NOTHING. `event->struct_size` must be
// set. The texts live until the next call with this watch. CPX_STATUS_BUSY where another thread asks at the same time,
// CPX_STATUS_INVALID_ARGUMENT for a watch with a callback.
//
// Any thread, one at a time; waits.
CpxStatus cpx_watch_next(const CpxWatch *watch,
                         uint32_t timeout_ms,
                         CpxEvent *event);

// Ends a watch, waits until its callback does not run any more, frees it and sets the caller's handle to null. A callback
// that does not come back within two seconds: CPX_STATUS_BUSY, nothing further is told, and the handle stays valid for the
// next try. Inside its own callback: CPX_STATUS_IN_CALLBACK. No other thread may be in cpx_watch_next of this watch.
//
// Any thread but the watch's own.
CpxStatus cpx_watch_free(CpxWatch **watch);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* CPX_CARD_H */
