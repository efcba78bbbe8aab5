package dev.holdfast.cli;

import dev.holdfast.conversation.ConversationId;
import dev.holdfast.lifecycle.ResumeLinks;
import dev.holdfast.lifecycle.ServerStatus;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A running program as the test says that it is. */
final class HandServices implements OperatorDesk.Services {
    RuntimeException refusal;

    @Override
    public CompletableFuture<ResumeLinks.Printed> link(ConversationId id) {
        if (refusal != null) {
            throw refusal;
        }
        URI url = URI.create("https://chat.example.org/resume/" + id);
        return CompletableFuture.completedFuture(new ResumeLinks.Printed(url, Instant.parse("2026-11-23T05:31:00Z")));
    }

    @Override
    public ServerStatus status() {
        return new ServerStatus(Instant.parse("2026-11-21T05:31:00Z"), "built-in", 12, 3, 1, 2, 5, 4, 1_000, 2_000);
    }
}
