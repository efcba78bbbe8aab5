package dev.holdfast.model;

import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Shows the conversation itself as a Markdown table, list or program, for those who ask to see one. */
final class BuiltInSamples {
    private static final int MOST_ROWS = 20;
    private static final Pattern SHOW = Pattern.compile(
            "(?:show|give|make|write|draw|create|print|want|need|i(?: would|[’']d) like)\\b.*?\\b"
                    + "(?:(table)|((?:task |to-?do )?list)|(code|program|script|function)|(markdown))\\b(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern LANGUAGE =
            Pattern.compile("\\b(javascript|js|java|python|json|shell|bash)\\b", Pattern.CASE_INSENSITIVE);

    private final BuiltInConversation conversation;

    BuiltInSamples(BuiltInConversation conversation) {
        this.conversation = conversation;
    }

    /** The sample that {@code clause} asks for. */
    Optional<String> answer(String clause) {
        Matcher show = SHOW.matcher(clause);
        if (!show.matches()) {
            return Optional.empty();
        }
        if (show.group(1) != null) {
            return Optional.of("This conversation so far:\n\n" + table());
        }
        if (show.group(2) != null) {
            boolean tasks = !show.group(2).equalsIgnoreCase("list");
            return Optional.of("What you asked so far:\n\n" + list(tasks));
        }
        if (show.group(3) != null) {
            return Optional.of(code(clause));
        }
        return Optional.of("## Headings, *emphasis* and **weight**\n\nThe conversation as a table:\n\n" + table()
                + "\n\nas a list with ticks:\n\n" + list(true) + "\n\nand as code:\n\n" + code(clause)
                + "\n\n> " + new BuiltInText(conversation.text()).quoted(200)
                + "\n\n---\n\n`inline code` and ~~struck out~~.");
    }

    private String table() {
        StringBuilder table = new StringBuilder("| # | who | words | begins |\n|--:|---|--:|---|\n");
        List<Message> earlier = conversation.earlier();
        for (int i = Math.max(0, earlier.size() - MOST_ROWS); i < earlier.size(); i++) {
            Message message = earlier.get(i);
            String who = message.role() == Role.USER ? "you" : "me";
            row(table, i + 1, who, message.text());
        }
        row(table, earlier.size() + 1, "you", conversation.text());
        return table.toString().strip();
    }

    private static void row(StringBuilder table, int number, String who, String text) {
        BuiltInText said = new BuiltInText(text);
        String begins =
                said.quoted(40).replace("\\", "\\\\").replace("|", "\\|").replace("`", "'");
        table.append(String.format(Locale.ROOT, "| %d | %s | %d | %s |%n", number, who, said.words(), begins)
                .replace("\r", ""));
    }

    private String list(boolean tasks) {
        List<String> lines = new ArrayList<>();
        for (Message message : conversation.asked()) {
            lines.add((tasks ? "- [x] " : "- ") + new BuiltInText(message.text()).quoted(100));
        }
        lines.add((tasks ? "- [ ] " : "- ") + new BuiltInText(conversation.text()).quoted(100));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_ROWS), lines.size()));
    }

    private String code(String clause) {
        Matcher language = LANGUAGE.matcher(clause);
        if (!language.find()) {
            return "I can write Java, JavaScript, Python, JSON and shell. In Java:\n\n" + java();
        }
        String json = strings("    ", BuiltInSamples::quoted);
        return switch (language.group(1).toLowerCase(Locale.ROOT)) {
            case "python" ->
                fenced(
                        "python",
                        "asked = [\n" + json
                                + "\n"
                                + "]\n"
                                + "for number, text in enumerate(asked, start=1):\n"
                                + "    print(f\"{number}. {text}\")");
            case "javascript", "js" ->
                fenced(
                        "javascript",
                        "const asked = [\n" + json
                                + "\n];\nasked.forEach((text, i) => console.log(`${i + 1}. ${text}`));");
            case "json" -> fenced("json", "[\n" + json + "\n]");
            case "shell", "bash" -> fenced("sh", "printf '%s\\n' \\\n" + shellStrings());
            default -> java();
        };
    }

    private String java() {
        return fenced(
                "java",
                """
                        import java.util.List;

                        class Asked {
                            public static void main(String[] args) {
                                List<String> asked = List.of(
                        """
                        + strings(" ".repeat(16), BuiltInSamples::quoted)
                        + ");\n        asked.forEach(System.out::println);\n    }\n}");
    }

    private String shellStrings() {
        return strings("    ", text -> "'" + text.replace("'", "'\\''") + "'").replace(",\n", " \\\n");
    }

    /** What was asked, as string literals, one a line. */
    private String strings(String indent, Function<String, String> literal) {
        List<String> asked =
                new ArrayList<>(conversation.asked().stream().map(Message::text).toList());
        asked.add(conversation.text());
        return asked.subList(Math.max(0, asked.size() - MOST_ROWS), asked.size()).stream()
                .map(text -> new BuiltInText(text).quoted(60))
                .map(text -> indent + literal.apply(text.substring(1, text.length() - 1)))
                .collect(Collectors.joining(",\n"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** A fence longer than any run of backticks inside. */
    private static String fenced(String language, String code) {
        String fence = "```";
        while (code.contains(fence)) {
            fence += "`";
        }
        return fence + language + "\n" + code + "\n" + fence;
    }
}
