package dev.holdfast.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The reference: as many files, the same bytes, each time one write and one force. */
final class RawFiles implements AutoCloseable {
    private static final String SEAL = ",\"seq\":123456,\"crc\":\"01234567\"}\n";

    private final List<FileChannel> channels = new ArrayList<>();
    private final List<AppendRate.Waiting> appends = new ArrayList<>();

    /** @param bodies of the lines, as JSON; written in turn */
    RawFiles(Path folder, int count, List<String> bodies) throws IOException {
        ByteBuffer[] lines = bodies.stream().map(RawFiles::line).toArray(ByteBuffer[]::new);
        for (int i = 0; i < count; i++) {
            FileChannel channel = FileChannel.open(
                    folder.resolve(i + ".jsonl"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channels.add(channel);
            int[] next = {i};
            appends.add(() -> {
                channel.write(lines[next[0]++ % lines.length].duplicate());
                channel.force(false);
            });
        }
    }

    private static ByteBuffer line(String body) {
        byte[] line = (body.substring(0, body.length() - 1) + SEAL).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(line.length).put(line).flip();
    }

    /** By the thread that wants it. */
    double rate() throws Exception {
        return AppendRate.ofWaiting(appends);
    }

    /** By another thread, for which the one that wants it waits: what any hand-over costs. */
    double rateHandedOver(Executor io) throws Exception {
        List<AppendRate.Waiting> handedOver = new ArrayList<>();
        for (AppendRate.Waiting append : appends) {
            handedOver.add(
                    () -> CompletableFuture.runAsync(() -> run(append), io).join());
        }
        return AppendRate.ofWaiting(handedOver);
    }

    private static void run(AppendRate.Waiting append) {
        try {
            append.append();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
    }
}
