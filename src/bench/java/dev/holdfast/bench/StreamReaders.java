package dev.holdfast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Many readers of event streams on one thread. They come from several loopback addresses, so that ports do not run out,
 * and one after the other, so that none is kept waiting by a full backlog. One whose connection ends before its reply is
 * complete comes back with its cursor.
 */
final class StreamReaders implements AutoCloseable {
    private static final int AT_ONCE = 40;
    private static final int ADDRESSES = 8;
    private static final int FROZEN_BUFFER = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final URI server;
    private final String cookie;
    private final Selector selector;
    private final List<StreamReader> readers = new ArrayList<>();
    private final List<SocketChannel> frozen = new ArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "readers");
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    private volatile StreamCounts counts = new StreamCounts();
    private volatile boolean leaving;
    private volatile boolean closed;
    private int opened;

    /** @param cookie what the readers send as such */
    StreamReaders(URI server, String cookie) throws IOException {
        this.server = server;
        this.cookie = cookie;
        this.selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds readers, spread over the paths; returns when all are answered. */
    void read(int count, List<String> paths, int length) throws Exception {
        for (int from = 0; from < count; from += AT_ONCE) {
            List<StreamReader> portion = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
                portion.add(new StreamReader(paths.get(i % paths.size()), length));
            }
            readers.addAll(portion);
            onThread(() -> portion.forEach(this::open));
            await(() -> portion.stream().allMatch(StreamReader::answered));
        }
    }

    /** Adds readers who ask and then never read. */
    List<StreamReader> freeze(int count, List<String> paths, int length) throws IOException {
        List<StreamReader> asleep = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StreamReader reader = new StreamReader(paths.get(i % paths.size()), length);
            SocketChannel channel = channel(FROZEN_BUFFER);
            channel.write(request(reader));
            frozen.add(channel);
            asleep.add(reader);
        }
        return asleep;
    }

    /** The first {@code count} of those who never read begin to, where they stopped; the others go. */
    List<StreamReader> thaw(List<StreamReader> asleep, int count) throws Exception {
        List<StreamReader> awake = asleep.subList(0, count);
        readers.addAll(awake);
        onThread(() -> {
            for (int i = 0; i < frozen.size(); i++) {
                try {
                    if (i < count) {
                        register(asleep.get(i), frozen.get(i));
                    } else {
                        frozen.get(i).close();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            frozen.clear();
        });
        return awake;
    }

    private SocketChannel channel(int buffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (buffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, buffer);
        }
        channel.bind(new InetSocketAddress("127.0.0." + (2 + opened++ % ADDRESSES), 0));
        channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        return channel;
    }

    private ByteBuffer request(StreamReader reader) {
        String request = "GET " + reader.path + "?after=" + reader.cursor() + " HTTP/1.1\r\nHost: "
                + server.getAuthority() + "\r\nCookie: " + cookie + "\r\nAccept: text/event-stream\r\n\r\n";
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
    }

    private void open(StreamReader reader) {
        try {
            SocketChannel channel = channel(0);
            channel.write(request(reader));
            register(reader, channel);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void register(StreamReader reader, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, reader);
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(100);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    take(key, (StreamReader) key.attachment());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(SelectionKey key, StreamReader reader) throws IOException {
        in.clear();
        int count = read((SocketChannel) key.channel());
        in.flip();
        reader.take(in, counts);
        if (count < 0 || reader.over()) {
            key.channel().close();
            reader.ended();
            if (!reader.done() && !leaving) {
                reader.comeBack();
                open(reader);
            }
        }
    }

    private int read(SocketChannel channel) {
        try {
            return channel.read(in);
        } catch (IOException e) {
            return -1; // reset, and so ended
        }
    }

    /** What was heard since the last call. */
    StreamCounts counted() throws Exception {
        StreamCounts before = counts;
        onThread(() -> counts = new StreamCounts());
        return before;
    }

    /** Waits until all have heard the end of their replies. */
    void awaitDone() throws Exception {
        await(() -> readers.stream().allMatch(StreamReader::done));
    }

    /** Tokens that were lost or told twice, by all readers; to be asked when all have heard the end. */
    long faults() {
        return readers.stream()
                .mapToLong(reader -> Math.abs(reader.lost()) + reader.faults())
                .sum();
    }

    /** From now on nobody comes back. */
    void leave() {
        leaving = true;
    }

    private void onThread(Runnable task) throws Exception {
        asked(() -> {
            task.run();
            return true;
        });
    }

    private void await(Supplier<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!asked(condition)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited for " + PATIENCE + ": " + this);
            }
            Thread.sleep(1);
        }
    }

    /** The answer of the readers' thread, whose they are. */
    private <T> T asked(Supplier<T> question) throws Exception {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, tasks::add);
        selector.wakeup();
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public String toString() {
        long done = readers.stream().filter(StreamReader::done).count();
        return done + " of " + readers.size() + " readers have heard the end";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        for (SocketChannel channel : frozen) {
            channel.close();
        }
        selector.close();
    }
}
