// Who is on the card: prints the type and the holder of every health-professional card, says of the other readers what is in
// them, then waits until a card is taken out. Node and koffi (npm install).
//
//   node who_is_on_the_card.js [--in-full] [--simulate CARD] [--library PATH]
//
// A virtual card is taken out by the program itself, because nobody else can. What waits for a card runs beside the event
// loop (`asynchronously`), so that a program with an interface does not freeze.
import koffi from 'koffi';
import { parseArgs, promisify } from 'node:util';

// The numbers of cpx_card.h.
const OK = 0;
const ABI_VERSION = 1;
const IN_FULL = 2;
const CPX = 1;
const INSERTED = 2;
const REMOVED = 3;
const FRENCH = 0;

koffi.opaque('CpxContext');
koffi.opaque('CpxCards');
koffi.opaque('CpxWatch');
koffi.struct('CpxContextOptions', {
  struct_size: 'size_t',
  module_host: 'const char *',
  module_host_length: 'size_t',
  virtual_cards: 'const char *',
  virtual_cards_length: 'size_t',
});
koffi.struct('CpxReadOptions', {
  struct_size: 'size_t',
  flags: 'uint32_t',
  timeout_ms: 'uint32_t',
  reader: 'const char *',
  reader_length: 'size_t',
});
koffi.struct('CpxEvent', {
  struct_size: 'size_t',
  kind: 'int32_t',
  times: 'uint32_t',
  reader: 'const char *',
  reader_length: 'size_t',
  reason: 'const char *',
  reason_length: 'size_t',
});

const usual = { win32: 'cpx_card.dll', darwin: 'libcpx_card.dylib' }[process.platform] ?? 'libcpx_card.so.0';
const { values: options } = parseArgs({
  options: {
    'in-full': { type: 'boolean', default: false },
    simulate: { type: 'string' },
    library: { type: 'string', default: usual },
  },
});

const library = koffi.load(options.library);
const getter = 'const CpxCards *cards, size_t reader';
const shown = '_Out_ const char **text, _Out_ size_t *length';
const cpx = Object.fromEntries(
  [
    'uint32_t cpx_abi_version()',
    'int32_t cpx_context_new(const CpxContextOptions *options, _Out_ CpxContext **context)',
    'int32_t cpx_context_free(_Inout_ CpxContext **context)',
    'int32_t cpx_last_error(const CpxContext *context, int32_t language, _Out_ uint8_t *buffer, size_t size, size_t *needed)',
    'int32_t cpx_status_text(int32_t status, int32_t language, _Out_ uint8_t *buffer, size_t size, size_t *needed)',
    'int32_t cpx_read(const CpxContext *context, const CpxReadOptions *options, _Out_ CpxCards **cards)',
    'int32_t cpx_cards_free(_Inout_ CpxCards **cards)',
    'int32_t cpx_cards_count(const CpxCards *cards, _Out_ size_t *count)',
    `int32_t cpx_reader_state(${getter}, _Out_ int32_t *state)`,
    `int32_t cpx_reader_name(${getter}, ${shown})`,
    `int32_t cpx_reader_sentence(${getter}, int32_t language, ${shown})`,
    `int32_t cpx_reader_remedy(${getter}, int32_t language, ${shown})`,
    `int32_t cpx_card_type(${getter}, ${shown})`,
    `int32_t cpx_card_number(${getter}, ${shown})`,
    `int32_t cpx_holder_id(${getter}, ${shown})`,
    `int32_t cpx_holder_name(${getter}, ${shown})`,
    'int32_t cpx_watch_new(const CpxContext *context, void *callback, void *user, _Out_ CpxWatch **watch)',
    'int32_t cpx_watch_next(const CpxWatch *watch, uint32_t timeout_ms, _Inout_ CpxEvent *event)',
    'int32_t cpx_watch_free(_Inout_ CpxWatch **watch)',
    'int32_t cpx_virtual_remove(const CpxContext *context, size_t reader)',
  ].map((declaration) => [declaration.match(/(\w+)\(/)[1], library.func(declaration)]),
);
const asynchronously = (name) => promisify(cpx[name].async);

let context = null;
const watch = [null];

/** Throws what the library says of a call that did not succeed. */
function check(status) {
  if (status === OK) return;
  const words = new Uint8Array(1024);
  if (cpx.cpx_last_error(context, FRENCH, words, words.length, null) !== OK) {
    cpx.cpx_status_text(status, FRENCH, words, words.length, null);
  }
  throw new Error(new TextDecoder().decode(words.subarray(0, words.indexOf(0))));
}

function open() {
  const card = options.simulate ?? null;
  const made = [null];
  const how = {
    struct_size: koffi.sizeof('CpxContextOptions'),
    module_host: null,
    module_host_length: 0,
    virtual_cards: card,
    virtual_cards_length: card === null ? 0 : Buffer.byteLength(card),
  };
  check(cpx.cpx_context_new(how, made));
  [context] = made;
}

/** Says what is in each reader; gives the number of health-professional cards. */
async function tell() {
  const cards = [null];
  const how = {
    struct_size: koffi.sizeof('CpxReadOptions'),
    flags: options['in-full'] ? IN_FULL : 0,
    timeout_ms: 30_000,
    reader: null,
    reader_length: 0,
  };
  check(await asynchronously('cpx_read')(context, how, cards));
  try {
    const count = [0];
    check(cpx.cpx_cards_count(cards[0], count));
    if (count[0] === 0) console.log('Aucun lecteur de cartes.');
    let found = 0;
    for (let reader = 0; reader < count[0]; reader++) {
      const text = (name, ...language) => {
        const value = [null];
        return cpx[name](cards[0], reader, ...language, value, [0]) === OK ? value[0] : undefined;
      };
      console.log(`${text('cpx_reader_name')} : ${text('cpx_reader_sentence', FRENCH)}`);
      const remedy = text('cpx_reader_remedy', FRENCH);
      if (remedy !== undefined) console.log(`  ${remedy}`);
      const state = [0];
      check(cpx.cpx_reader_state(cards[0], reader, state));
      if (state[0] !== CPX) continue;
      found++;
      const values = {
        type: 'cpx_card_type',
        porteur: 'cpx_holder_name',
        identifiant: 'cpx_holder_id',
        carte: 'cpx_card_number',
      };
      for (const [label, name] of Object.entries(values)) {
        const value = text(name);
        if (value !== undefined) console.log(`  ${label} : ${value}`);
      }
    }
    return found;
  } finally {
    cpx.cpx_cards_free(cards);
  }
}

/** Waits until a card is taken out, a minute at most for each event. */
async function waitForRemoval() {
  const event = {
    struct_size: koffi.sizeof('CpxEvent'), kind: 0, times: 0, reader: null, reader_length: 0, reason: null, reason_length: 0,
  };
  while ((await asynchronously('cpx_watch_next')(watch[0], 60_000, event)) === OK) {
    if (event.kind === INSERTED && options.simulate !== undefined) cpx.cpx_virtual_remove(context, 0);
    if (event.kind === REMOVED) {
      console.log(`${event.reader} : carte retirée`);
      return true;
    }
  }
  return false;
}

try {
  if (cpx.cpx_abi_version() < ABI_VERSION) throw new Error('this cpx_card is too old');
  open();
  // begun before the card is read: one that is taken out meanwhile is told too
  check(cpx.cpx_watch_new(context, null, null, watch));
  const done = (await tell()) === 0 || (await waitForRemoval());
  process.exitCode = done ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  cpx.cpx_watch_free(watch);
  cpx.cpx_context_free([context]);
}
