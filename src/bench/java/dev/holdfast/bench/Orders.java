package dev.holdfast.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** What a process that is measured is told on its standard input, a line each, and says when it has done it. */
final class Orders {
    private static final int COLLECTIONS = 4;
    private static final long REST_MILLIS = 200;

    private Orders() {}

    /**
     * Says where it listens, and does what it is told until the input ends. {@code memory} is known already.
     *
     * @param known by the first word of a line: gets all words
     */
    static void follow(URI address, Map<String, Consumer<String[]>> known) throws IOException, InterruptedException {
        System.out.println("ready: " + address);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int count = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            String answer = "";
            if (words[0].equals("memory")) {
                answer = Long.toString(memory());
            } else {
                known.get(words[0]).accept(words);
            }
            count++;
            System.out.println("done " + count + ": " + answer);
        }
    }

    /** Heap and direct buffers that are still used after the garbage was collected, in bytes. */
    private static long memory() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(REST_MILLIS);
            heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + direct;
    }
}
