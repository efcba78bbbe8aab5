package dev.holdfast.store;

import com.google.gson.JsonObject;
import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Role;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message of another program, before it has its place in the tree.
 *
 * @param id that it has there; empty if it has none
 * @param parent the message before it; empty at the root
 * @param timestamp the epoch if it has none
 * @param fields what else was said
 */
record Draft(
        Optional<String> id,
        Optional<String> parent,
        Role role,
        List<Block> content,
        Instant timestamp,
        Optional<String> model,
        JsonObject fields) {
    Draft {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(fields, "fields");
        content = List.copyOf(content);
    }
}
