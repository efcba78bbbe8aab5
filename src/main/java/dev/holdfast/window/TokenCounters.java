package dev.holdfast.window;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Chooses the counter by the model's name.
 *
 * <table>
 *   <caption>Counters</caption>
 *   <tr><th>model</th><th>counts with</th></tr>
 *   <tr><td>gpt-4o, chatgpt-4o, gpt-4.1, gpt-4.5, gpt-5 and its minor versions, o1, o3, o4</td><td>{@code
 *       o200k_base}</td></tr>
 *   <tr><td>gpt-4, gpt-3.5 (Azure's gpt-35)</td><td>{@code cl100k_base}</td></tr>
 *   <tr><td>every other</td><td>{@link EstimatingCounter}</td></tr>
 * </table>
 *
 * <p>Variants such as {@code gpt-4o-mini} or {@code gpt-4-0613} go with their family; a vendor before it, {@code
 * openai/}, and {@code ft:} do not matter. An encoding takes half a second to load, then 15 MB ({@code cl100k_base}) or
 * 30 MB: that happens once, at the first text that is counted with it, while other threads that need it wait. So one of
 * these should do for a process. Thread-safe.
 */
public final class TokenCounters {
    private static final Pattern O200K = Pattern.compile("(chatgpt-4o|gpt-4o|gpt-4\\.[15]|gpt-5|o[134])(?![a-z0-9]).*");
    private static final Pattern CL100K = Pattern.compile("(gpt-4|gpt-3\\.5|gpt-35)(?![a-z0-9.]).*");

    private final TokenCounter estimate = new EstimatingCounter();
    private final TokenCounter o200k;
    private final TokenCounter cl100k;
    /** Null until a text is counted exactly. Guarded by this. */
    private EncodingRegistry encodings;

    public TokenCounters() {
        o200k = new ExactCounter(() -> encodings().getEncoding(EncodingType.O200K_BASE));
        cl100k = new ExactCounter(() -> encodings().getEncoding(EncodingType.CL100K_BASE));
    }

    /** Made when first asked for: without it the library is not loaded at all. */
    private synchronized EncodingRegistry encodings() {
        if (encodings == null) {
            encodings = Encodings.newLazyEncodingRegistry();
        }
        return encodings;
    }

    /** Loads nothing, and is cheap enough for every request: a model's name may change while it is being looked for. */
    public TokenCounter forModel(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String withoutVendor = lower.substring(lower.lastIndexOf('/') + 1);
        String family = withoutVendor.startsWith("ft:") ? withoutVendor.substring(3) : withoutVendor;
        if (O200K.matcher(family).matches()) {
            return o200k;
        }
        return CL100K.matcher(family).matches() ? cl100k : estimate;
    }
}
