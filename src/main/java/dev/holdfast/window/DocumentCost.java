package dev.holdfast.window;

import com.google.gson.JsonObject;

/**
 * What a document costs, which nobody can tell without reading it as its provider does. Guessed from its size: a page of a
 * PDF has {@value #PAGE_BYTES} bytes and costs {@value #PER_PAGE} tokens, between the 1,500 and 3,000 that "PDF support" on
 * docs.anthropic.com names for its text, and it is never less than one page nor more than the {@value #MOST_PAGES} that
 * are accepted. One that is only referred to, by URL or id, counts as {@value #UNKNOWN_PAGES} pages.
 */
final class DocumentCost {
    private static final int PER_PAGE = 2_400;
    private static final int PAGE_BYTES = 40_000;
    private static final int MOST_PAGES = 100;
    private static final int UNKNOWN_PAGES = 5;

    private DocumentCost() {}

    /** @param json the block, in any provider's shape */
    static long of(JsonObject json) {
        Bytes bytes = new Bytes();
        bytes.leftOut(json);
        long size = bytes.sizes().sum();
        return size == 0 ? (long) UNKNOWN_PAGES * PER_PAGE : ofSize(size);
    }

    /** @param size in bytes */
    static long ofSize(long size) {
        long pages = (size + PAGE_BYTES - 1) / PAGE_BYTES;
        return PER_PAGE * Math.max(1, Math.min(MOST_PAGES, pages));
    }
}
