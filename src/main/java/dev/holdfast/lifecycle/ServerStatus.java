package dev.holdfast.lifecycle;

import java.time.Instant;

/**
 * How the server is: counts, and nothing of any conversation. For operators.
 *
 * @param since when the process began
 * @param model what people see as the author of replies
 * @param conversations that are kept, those in the trash too
 * @param open of them in memory now
 * @param running replies that are being written
 * @param signedIn browsers that are signed in
 * @param mailsWaiting that are tried again
 * @param mailsGivenUp that are not
 * @param heapBytes that the process uses, before what is no longer needed is cleared away
 * @param freeBytes on the disk that has the data folder
 */
public record ServerStatus(
        Instant since,
        String model,
        long conversations,
        int open,
        int running,
        int signedIn,
        int mailsWaiting,
        int mailsGivenUp,
        long heapBytes,
        long freeBytes) {}
