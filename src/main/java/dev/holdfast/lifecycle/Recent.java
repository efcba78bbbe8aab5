package dev.holdfast.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Remembers a bounded number of things: those that were asked for least recently are forgotten. Thread-safe. */
final class Recent<K, V> {
    private final Map<K, V> values;

    /** @param most how many are remembered */
    Recent(int most) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The value for {@code key}; null if none is remembered. */
    synchronized V get(K key) {
        return values.get(key);
    }

    /** The value for {@code key}, made if none is remembered. */
    synchronized V get(K key, Function<K, V> make) {
        return values.computeIfAbsent(key, make);
    }

    synchronized void put(K key, V value) {
        values.put(key, value);
    }
}
