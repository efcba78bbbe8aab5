package dev.holdfast.architecture.bad.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

class Remembers {
    static int next;
    static final AtomicLong COUNT = new AtomicLong();
    static final Map<String, String> CACHE = new HashMap<>();
    static final byte[] SHARED_ARRAY = {1};
    static final Word LAST = new Word();
    static final StringBuilder WORD = new StringBuilder();

    static final int LENGTH = 26;
    static final List<String> NAMES = List.of("constant");
    private static final byte[] MAGIC = {1};

    static class Word {
        String text;
    }

    static int length() {
        return LENGTH + NAMES.size() + MAGIC.length;
    }
}
