package dev.holdfast.conversation;

/** What to call a conversation that nobody has named. */
public final class Titles {
    /** Longest title that is made from a message, in UTF-16 units. */
    public static final int LONGEST = 60;

    private Titles() {}

    /** The beginning of {@code text} on one line, cut between words where it can be; empty if there is nothing to see. */
    public static String of(String text) {
        String head = text.substring(0, Math.min(text.length(), 10 * LONGEST));
        String line = head.replaceAll("[\\p{Cc}\\s]+", " ").strip();
        if (line.length() <= LONGEST) {
            return line;
        }
        int blank = line.lastIndexOf(' ', LONGEST - 1);
        int cut = blank > LONGEST / 2 ? blank : LONGEST - 1;
        if (Character.isHighSurrogate(line.charAt(cut - 1))) {
            cut--;
        }
        return line.substring(0, cut) + "…";
    }
}
