// Who is on the card: prints the type and the holder of every health-professional card, says of the other readers what is in
// them, then waits until a card is taken out. P/Invoke; .NET and Mono alike.
//
//   WhoIsOnTheCard [--in-full] [--simulate CARD] [--check MODULE_HOST]
//
// With --check it says whether this workstation is ready as well: MODULE_HOST is the path of cpx-card-modules, the program that
// asks PKCS#11 modules.
//
// A virtual card is taken out by the program itself, because nobody else can.
using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

/// <summary>The functions, structures and numbers of cpx_card.h that this program uses.</summary>
static class Native
{
    const string Library = "cpx_card";

    public const int Ok = 0;
    public const uint AbiVersion = 1;
    public const uint InFull = 2;
    public const int Cpx = 1;
    public const int Inserted = 2, Removed = 3;
    public const int French = 0;

    [StructLayout(LayoutKind.Sequential)]
    public struct ContextOptions
    {
        public UIntPtr StructSize;
        public IntPtr ModuleHost;
        public UIntPtr ModuleHostLength;
        public IntPtr VirtualCards;
        public UIntPtr VirtualCardsLength;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ReadOptions
    {
        public UIntPtr StructSize;
        public uint Flags;
        public uint TimeoutMs;
        public IntPtr Reader;
        public UIntPtr ReaderLength;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Event
    {
        public UIntPtr StructSize;
        public int Kind;
        public uint Times;
        public IntPtr Reader;
        public UIntPtr ReaderLength;
        public IntPtr Reason;
        public UIntPtr ReasonLength;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void Callback(ref Event happened, IntPtr user);

    [DllImport(Library)] public static extern uint cpx_abi_version();
    [DllImport(Library)] public static extern int cpx_context_new(ref ContextOptions options, out IntPtr context);
    [DllImport(Library)] public static extern int cpx_context_free(ref IntPtr context);
    [DllImport(Library)] public static extern int cpx_last_error(IntPtr context, int language, byte[] buffer, UIntPtr size, IntPtr needed);
    [DllImport(Library)] public static extern int cpx_status_text(int status, int language, byte[] buffer, UIntPtr size, IntPtr needed);
    [DllImport(Library)] public static extern int cpx_read(IntPtr context, ref ReadOptions options, out IntPtr cards);
    [DllImport(Library)] public static extern int cpx_cards_free(ref IntPtr cards);
    [DllImport(Library)] public static extern int cpx_cards_count(IntPtr cards, out UIntPtr count);
    [DllImport(Library)] public static extern int cpx_reader_state(IntPtr cards, UIntPtr reader, out int state);
    [DllImport(Library)] public static extern int cpx_reader_name(IntPtr cards, UIntPtr reader, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_reader_sentence(IntPtr cards, UIntPtr reader, int language, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_reader_remedy(IntPtr cards, UIntPtr reader, int language, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_card_type(IntPtr cards, UIntPtr reader, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_card_number(IntPtr cards, UIntPtr reader, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_holder_id(IntPtr cards, UIntPtr reader, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_holder_name(IntPtr cards, UIntPtr reader, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_check(IntPtr context, IntPtr options, out IntPtr checkup);
    [DllImport(Library)] public static extern int cpx_checkup_free(ref IntPtr checkup);
    [DllImport(Library)] public static extern int cpx_checkup_sentence(IntPtr checkup, int language, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_checkup_cause(IntPtr checkup, int language, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_checkup_remedy(IntPtr checkup, int language, out IntPtr text, out UIntPtr length);
    [DllImport(Library)] public static extern int cpx_watch_new(IntPtr context, Callback callback, IntPtr user, out IntPtr watch);
    [DllImport(Library)] public static extern int cpx_watch_free(ref IntPtr watch);
    [DllImport(Library)] public static extern int cpx_virtual_remove(IntPtr context, UIntPtr reader);

    /// <summary>A text of the library: UTF-8, with its length.</summary>
    public static string Text(IntPtr text, UIntPtr length)
    {
        if (text == IntPtr.Zero) return "";
        var bytes = new byte[(int)length];
        Marshal.Copy(text, bytes, 0, bytes.Length);
        return Encoding.UTF8.GetString(bytes);
    }
}

static class WhoIsOnTheCard
{
    delegate int Getter(IntPtr cards, UIntPtr reader, out IntPtr text, out UIntPtr length);
    delegate int Sentence(IntPtr checkup, int language, out IntPtr text, out UIntPtr length);

    static int Main(string[] arguments)
    {
        var card = After("--simulate", arguments);
        var moduleHost = After("--check", arguments);
        Console.OutputEncoding = new UTF8Encoding(false);
        if (Native.cpx_abi_version() < Native.AbiVersion)
        {
            Console.Error.WriteLine("this cpx_card is too old");
            return 1;
        }
        var context = IntPtr.Zero;
        try
        {
            Check(context, NewContext(card, moduleHost, out context));
            // begun before the card is read: one that is taken out meanwhile is told too
            using (var happened = new Watched(context))
            {
                var found = Tell(context, arguments.Contains("--in-full"));
                if (moduleHost != null) TellVerdict(context);
                return found == 0 || WaitForRemoval(context, happened, card != null) ? 0 : 1;
            }
        }
        catch (InvalidOperationException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
        finally
        {
            Native.cpx_context_free(ref context);
        }
    }

    /// <summary>What follows an option; nothing without it.</summary>
    static string After(string option, string[] arguments)
    {
        return arguments.SkipWhile(argument => argument != option).Skip(1).FirstOrDefault();
    }

    static int NewContext(string card, string moduleHost, out IntPtr context)
    {
        var name = Encoding.UTF8.GetBytes(card ?? "");
        var host = Encoding.UTF8.GetBytes(moduleHost ?? "");
        var pinnedName = GCHandle.Alloc(name, GCHandleType.Pinned);
        var pinnedHost = GCHandle.Alloc(host, GCHandleType.Pinned);
        try
        {
            var options = new Native.ContextOptions
            {
                StructSize = (UIntPtr)Marshal.SizeOf<Native.ContextOptions>(),
                ModuleHost = moduleHost == null ? IntPtr.Zero : pinnedHost.AddrOfPinnedObject(),
                ModuleHostLength = (UIntPtr)host.Length,
                VirtualCards = card == null ? IntPtr.Zero : pinnedName.AddrOfPinnedObject(),
                VirtualCardsLength = (UIntPtr)name.Length,
            };
            return Native.cpx_context_new(ref options, out context);
        }
        finally
        {
            pinnedHost.Free();
            pinnedName.Free();
        }
    }

    /// <summary>Whether this workstation is ready; else the one cause and what to do.</summary>
    static void TellVerdict(IntPtr context)
    {
        Check(context, Native.cpx_check(context, IntPtr.Zero, out var checkup));
        try
        {
            var indent = "";
            foreach (var sentence in new Sentence[] { Native.cpx_checkup_sentence, Native.cpx_checkup_cause, Native.cpx_checkup_remedy })
            {
                if (sentence(checkup, Native.French, out var text, out var length) == Native.Ok)
                    Console.WriteLine(indent + Native.Text(text, length));
                indent = "  ";
            }
        }
        finally
        {
            Native.cpx_checkup_free(ref checkup);
        }
    }

    /// <summary>Throws what the library says of a call that did not succeed.</summary>
    static void Check(IntPtr context, int status)
    {
        if (status == Native.Ok) return;
        var words = new byte[1024];
        var size = (UIntPtr)words.Length;
        if (Native.cpx_last_error(context, Native.French, words, size, IntPtr.Zero) != Native.Ok)
            Native.cpx_status_text(status, Native.French, words, size, IntPtr.Zero);
        throw new InvalidOperationException(Encoding.UTF8.GetString(words).TrimEnd('\0'));
    }

    /// <summary>Says what is in each reader; gives the number of health-professional cards.</summary>
    static int Tell(IntPtr context, bool inFull)
    {
        var options = new Native.ReadOptions
        {
            StructSize = (UIntPtr)Marshal.SizeOf<Native.ReadOptions>(),
            Flags = inFull ? Native.InFull : 0,
            TimeoutMs = 30000,
        };
        Check(context, Native.cpx_read(context, ref options, out var cards));
        try
        {
            Check(context, Native.cpx_cards_count(cards, out var count));
            if (count == UIntPtr.Zero) Console.WriteLine("Aucun lecteur de cartes.");
            var found = 0;
            for (var reader = UIntPtr.Zero; reader != count; reader += 1)
            {
                Native.cpx_reader_name(cards, reader, out var name, out var nameLength);
                Native.cpx_reader_sentence(cards, reader, Native.French, out var sentence, out var sentenceLength);
                Console.WriteLine($"{Native.Text(name, nameLength)} : {Native.Text(sentence, sentenceLength)}");
                if (Native.cpx_reader_remedy(cards, reader, Native.French, out var remedy, out var remedyLength) == Native.Ok)
                    Console.WriteLine($"  {Native.Text(remedy, remedyLength)}");
                Check(context, Native.cpx_reader_state(cards, reader, out var state));
                if (state != Native.Cpx) continue;
                found++;
                Line("type", Native.cpx_card_type, cards, reader);
                Line("porteur", Native.cpx_holder_name, cards, reader);
                Line("identifiant", Native.cpx_holder_id, cards, reader);
                Line("carte", Native.cpx_card_number, cards, reader);
            }
            return found;
        }
        finally
        {
            Native.cpx_cards_free(ref cards);
        }
    }

    /// <summary>One value of a card, which the card may not have.</summary>
    static void Line(string label, Getter getter, IntPtr cards, UIntPtr reader)
    {
        if (getter(cards, reader, out var text, out var length) == Native.Ok)
            Console.WriteLine($"  {label} : {Native.Text(text, length)}");
    }

    /// <summary>Waits until a card is taken out, a minute at most for each event.</summary>
    static bool WaitForRemoval(IntPtr context, Watched happened, bool isVirtual)
    {
        while (happened.Next(out var kind, out var reader))
        {
            if (kind == Native.Inserted && isVirtual) Native.cpx_virtual_remove(context, UIntPtr.Zero);
            if (kind != Native.Removed) continue;
            Console.WriteLine($"{reader} : carte retirée");
            return true;
        }
        return false;
    }

    /// <summary>What happens in the readers, one event after the other.</summary>
    sealed class Watched : IDisposable
    {
        readonly BlockingCollection<(int Kind, string Reader)> happened = new BlockingCollection<(int, string)>();
        // kept alive as long as the library may call it
        readonly Native.Callback callback;
        IntPtr watch;

        internal Watched(IntPtr context)
        {
            callback = (ref Native.Event what, IntPtr user) =>
                happened.Add((what.Kind, Native.Text(what.Reader, what.ReaderLength)));
            Check(context, Native.cpx_watch_new(context, callback, IntPtr.Zero, out watch));
        }

        /// <summary>Waits a minute at most.</summary>
        internal bool Next(out int kind, out string reader)
        {
            var one = happened.TryTake(out var what, TimeSpan.FromMinutes(1));
            kind = what.Kind;
            reader = what.Reader;
            return one;
        }

        public void Dispose()
        {
            Native.cpx_watch_free(ref watch);
            GC.KeepAlive(callback);
            happened.Dispose();
        }
    }
}
