package dev.holdfast.window;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.stream.Stream;

/**
 * What an image costs. Known by its {@code width} and {@code height}, in pixels, if the block or what is in it names them;
 * else {@value #UNKNOWN} tokens, about the most that either rule comes to.
 */
enum ImageCost {
    /** A token for 750 pixels, at most {@value ImageCost#UNKNOWN}: "Vision" on docs.anthropic.com. */
    BY_AREA {
        @Override
        long of(JsonObject image, double width, double height) {
            return (long) Math.ceil(width * height / 750);
        }
    },
    /**
     * 85 tokens and 170 for each square of 512 pixels, once the image is shrunk to 2048 and its shorter side to 768;
     * nothing for the squares at low detail: GPT-4o in "Images and vision" on platform.openai.com. Newer models differ
     * by a constant factor, which {@link Calibration} learns.
     */
    BY_TILES {
        @Override
        long of(JsonObject image, double width, double height) {
            double whole = Math.min(1, 2048 / Math.max(width, height));
            double scale = Math.min(whole, 768 / Math.min(width, height));
            return 85 + 170 * (long) (Math.ceil(width * scale / 512) * Math.ceil(height * scale / 512));
        }
    };

    private static final int UNKNOWN = 1_600;
    private static final int LOW_DETAIL = 85;

    /** @param image the block, in any provider's shape */
    long of(JsonObject image) {
        if (this == BY_TILES
                && places(image).anyMatch(place -> Blocks.text(place, "detail").equals("low"))) {
            return LOW_DETAIL;
        }
        return places(image)
                .filter(place -> side(place, "width") > 0 && side(place, "height") > 0)
                .findFirst()
                .map(place -> Math.min(UNKNOWN, of(image, side(place, "width"), side(place, "height"))))
                .orElse((long) UNKNOWN);
    }

    abstract long of(JsonObject image, double width, double height);

    private static Stream<JsonObject> places(JsonObject image) {
        return Stream.of(image, Blocks.object(image, "source"), Blocks.object(image, "image_url"));
    }

    private static double side(JsonObject place, String name) {
        JsonElement side = place.get(name);
        return side instanceof JsonPrimitive primitive && primitive.isNumber() ? primitive.getAsDouble() : 0;
    }
}
