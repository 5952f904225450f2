// Who is on the card: prints the type and the holder of every health-professional card, says of the other readers what is in
// them, then waits until a card is taken out. Java 17 and JNA.
//
//   java -cp jna.jar -Djna.library.path=FOLDER WhoIsOnTheCard.java [--in-full] [--simulate CARD]
//
// A virtual card is taken out by the program itself, because nobody else can.

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

public final class WhoIsOnTheCard {
    // The numbers of cpx_card.h.
    static final int OK = 0;
    static final int ABI_VERSION = 1;
    static final int IN_FULL = 2;
    static final int CPX = 1;
    static final int INSERTED = 2;
    static final int REMOVED = 3;
    static final int FRENCH = 0;

    /** The functions of cpx_card.h that this program uses; a size_t is a long of this 64-bit machine. */
    interface Cpx extends Library {
        int cpx_abi_version();

        int cpx_context_new(ContextOptions options, PointerByReference context);

        int cpx_context_free(PointerByReference context);

        int cpx_last_error(Pointer context, int language, byte[] buffer, long size, Pointer needed);

        int cpx_status_text(int status, int language, byte[] buffer, long size, Pointer needed);

        int cpx_read(Pointer context, ReadOptions options, PointerByReference cards);

        int cpx_cards_free(PointerByReference cards);

        int cpx_cards_count(Pointer cards, PointerByReference count);

        int cpx_reader_state(Pointer cards, long reader, IntByReference state);

        int cpx_reader_name(Pointer cards, long reader, PointerByReference text, Pointer length);

        int cpx_reader_sentence(Pointer cards, long reader, int language, PointerByReference text, Pointer length);

        int cpx_reader_remedy(Pointer cards, long reader, int language, PointerByReference text, Pointer length);

        int cpx_card_type(Pointer cards, long reader, PointerByReference text, Pointer length);

        int cpx_card_number(Pointer cards, long reader, PointerByReference text, Pointer length);

        int cpx_holder_id(Pointer cards, long reader, PointerByReference text, Pointer length);

        int cpx_holder_name(Pointer cards, long reader, PointerByReference text, Pointer length);

        int cpx_watch_new(Pointer context, Pointer callback, Pointer user, PointerByReference watch);

        int cpx_watch_next(Pointer watch, int timeout, Event event);

        int cpx_watch_free(PointerByReference watch);

        int cpx_virtual_remove(Pointer context, long reader);
    }

    @FieldOrder({"size", "moduleHost", "moduleHostLength", "virtualCards", "virtualCardsLength"})
    public static final class ContextOptions extends Structure {
        public long size = size();
        public Pointer moduleHost;
        public long moduleHostLength;
        public Pointer virtualCards;
        public long virtualCardsLength;
    }

    @FieldOrder({"size", "flags", "timeout", "reader", "readerLength"})
    public static final class ReadOptions extends Structure {
        public long size = size();
        public int flags;
        public int timeout = 30_000;
        public Pointer reader;
        public long readerLength;
    }

    @FieldOrder({"size", "kind", "times", "reader", "readerLength", "reason", "reasonLength"})
    public static final class Event extends Structure {
        public long size = size();
        public int kind;
        public int times;
        public Pointer reader;
        public long readerLength;
        public Pointer reason;
        public long reasonLength;
    }

    /** Shows one text of one reader. */
    interface Getter {
        int get(Pointer cards, long reader, PointerByReference text, Pointer length);
    }

    private final Cpx library = Native.load("cpx_card", Cpx.class);
    private final PointerByReference context = new PointerByReference();
    private final PointerByReference watch = new PointerByReference();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] given) {
        List<String> arguments = Arrays.asList(given);
        int simulate = arguments.indexOf("--simulate");
        String card = simulate < 0 ? null : arguments.get(simulate + 1);
        WhoIsOnTheCard who = new WhoIsOnTheCard();
        boolean done;
        try {
            who.open(card);
            // begun before the card is read: one that is taken out meanwhile is told too
            who.check(who.library.cpx_watch_new(who.context.getValue(), null, null, who.watch));
            done = who.tell(arguments.contains("--in-full")) == 0 || who.waitForRemoval(card != null);
        } catch (IllegalStateException error) {
            new PrintStream(System.err, true, StandardCharsets.UTF_8).println(error.getMessage());
            done = false;
        } finally {
            who.library.cpx_watch_free(who.watch);
            who.library.cpx_context_free(who.context);
        }
        System.exit(done ? 0 : 1);
    }

    private void open(String card) {
        if (library.cpx_abi_version() < ABI_VERSION) {
            throw new IllegalStateException("this cpx_card is too old");
        }
        ContextOptions options = new ContextOptions();
        if (card != null) {
            byte[] name = card.getBytes(StandardCharsets.UTF_8);
            Memory memory = new Memory(name.length);
            memory.write(0, name, 0, name.length);
            options.virtualCards = memory;
            options.virtualCardsLength = name.length;
        }
        check(library.cpx_context_new(options, context));
    }

    /** Throws what the library says of a call that did not succeed. */
    private void check(int status) {
        if (status == OK) {
            return;
        }
        byte[] words = new byte[1024];
        if (library.cpx_last_error(context.getValue(), FRENCH, words, words.length, null) != OK) {
            library.cpx_status_text(status, FRENCH, words, words.length, null);
        }
        throw new IllegalStateException(Native.toString(words, "UTF-8"));
    }

    /** Says what is in each reader; gives the number of health-professional cards. */
    private int tell(boolean inFull) {
        ReadOptions options = new ReadOptions();
        options.flags = inFull ? IN_FULL : 0;
        PointerByReference cards = new PointerByReference();
        check(library.cpx_read(context.getValue(), options, cards));
        try {
            Pointer read = cards.getValue();
            PointerByReference counted = new PointerByReference();
            check(library.cpx_cards_count(read, counted));
            long count = Pointer.nativeValue(counted.getValue());
            if (count == 0) {
                out.println("Aucun lecteur de cartes.");
            }
            int found = 0;
            for (long reader = 0; reader < count; reader++) {
                String name = text(library::cpx_reader_name, read, reader).orElse("");
                out.println(name + " : " + text(french(library::cpx_reader_sentence), read, reader).orElse(""));
                text(french(library::cpx_reader_remedy), read, reader).ifPresent(remedy -> out.println("  " + remedy));
                IntByReference state = new IntByReference();
                check(library.cpx_reader_state(read, reader, state));
                if (state.getValue() == CPX) {
                    found++;
                    line("type", library::cpx_card_type, read, reader);
                    line("porteur", library::cpx_holder_name, read, reader);
                    line("identifiant", library::cpx_holder_id, read, reader);
                    line("carte", library::cpx_card_number, read, reader);
                }
            }
            return found;
        } finally {
            library.cpx_cards_free(cards);
        }
    }

    /** A getter of sentences, which have a language. */
    interface Sentence {
        int get(Pointer cards, long reader, int language, PointerByReference text, Pointer length);
    }

    private static Getter french(Sentence sentence) {
        return (cards, reader, text, length) -> sentence.get(cards, reader, FRENCH, text, length);
    }

    private static Optional<String> text(Getter getter, Pointer cards, long reader) {
        PointerByReference text = new PointerByReference();
        return getter.get(cards, reader, text, null) == OK
                ? Optional.of(text.getValue().getString(0, "UTF-8"))
                : Optional.empty();
    }

    /** One value of a card, which the card may not have. */
    private void line(String label, Getter getter, Pointer cards, long reader) {
        text(getter, cards, reader).ifPresent(value -> out.println("  " + label + " : " + value));
    }

    /** Waits until a card is taken out, a minute at most for each event. */
    private boolean waitForRemoval(boolean isVirtual) {
        Event event = new Event();
        while (library.cpx_watch_next(watch.getValue(), 60_000, event) == OK) {
            if (event.kind == INSERTED && isVirtual) {
                library.cpx_virtual_remove(context.getValue(), 0);
            }
            if (event.kind == REMOVED) {
                out.println(event.reader.getString(0, "UTF-8") + " : carte retirée");
                return true;
            }
        }
        return false;
    }
}
