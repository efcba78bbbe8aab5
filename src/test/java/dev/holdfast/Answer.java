package dev.holdfast;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered.
 *
 * @param headers by lower-case name
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    /** The header's only value; empty if it is missing or was sent more than once. */
    public Optional<String> header(String lowerCaseName) {
        List<String> values = headers.getOrDefault(lowerCaseName, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    public String type() {
        return header("content-type").orElse("");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        return JsonParser.parseString(text()).getAsJsonObject();
    }

    /** What {@code regex} finds in the body: its first group. */
    public String find(String regex) {
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(text());
        if (!matcher.find()) {
            throw new AssertionError("no " + regex + " in " + this);
        }
        return matcher.group(1);
    }

    public boolean isProblemJson() {
        return type().startsWith("application/problem+json");
    }

    public boolean isPage() {
        return type().startsWith("text/html") && text().contains("</html>");
    }

    @Override
    public String toString() {
        return status + " " + headers + "\n" + text();
    }
}
