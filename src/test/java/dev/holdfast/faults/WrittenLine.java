package dev.holdfast.faults;

import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.Random;

/** The lines that a {@link Writer} appends: always the same under the same number, of very different sizes. */
final class WrittenLine {
    private WrittenLine() {}

    static boolean isDelta(int n) {
        return n % 4 == 3;
    }

    static JsonObject body(int n) {
        JsonObject body = new JsonObject();
        if (isDelta(n)) {
            body.addProperty("_type", "delta");
        } else {
            body.addProperty("role", "user");
        }
        Random random = new Random(n);
        byte[] content = new byte[n % 50 == 1 ? 50_000 : random.nextInt(1_500)];
        random.nextBytes(content);
        body.addProperty("content", Base64.getEncoder().encodeToString(content));
        body.addProperty("n", n);
        return body;
    }
}
