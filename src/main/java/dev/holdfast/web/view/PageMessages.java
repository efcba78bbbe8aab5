package dev.holdfast.web.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/**
 * The page's texts, by language. {@code messages.properties} holds them in English; {@code messages_de.properties} and
 * the like, in UTF-8, whatever a further language says differently. A text that a language lacks is shown in English.
 *
 * <p>{@code {0}}, {@code {1}} … in a text are replaced by the parameters. The page's JavaScript does the same with
 * the texts it is handed, so there is no other syntax: a quote is a quote.
 *
 * <p>Immutable, so safe for use by many threads.
 */
public final class PageMessages extends AbstractMessageResolver {
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");
    private static final String BASE = "/WEB-INF/templates/messages";

    private final Map<String, Properties> byLanguage;

    private PageMessages(Map<String, Properties> byLanguage) {
        this.byLanguage = Map.copyOf(byLanguage);
    }

    /**
     * Reads the texts of English and of each of {@code others}.
     *
     * @param open opens a file by its path in the web application, or returns null if there is none
     * @throws IllegalStateException if a file is missing
     */
    public static PageMessages load(Function<String, InputStream> open, List<Locale> others) {
        Map<String, Properties> byLanguage = new HashMap<>();
        byLanguage.put("", read(open, BASE + ".properties"));
        for (Locale locale : others) {
            byLanguage.put(locale.getLanguage(), read(open, BASE + "_" + locale.getLanguage() + ".properties"));
        }
        return new PageMessages(byLanguage);
    }

    private static Properties read(Function<String, InputStream> open, String path) {
        try (InputStream in = open.apply(path)) {
            if (in == null) {
                throw new IllegalStateException("the page's texts are missing: no " + path + " in the web application");
            }
            Properties texts = new Properties();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The first of {@code wanted} that there are texts for, its region kept; English if there are for none. */
    public Locale choose(Iterable<Locale> wanted) {
        for (Locale locale : wanted) {
            String language = locale.getLanguage();
            if (language.equals("en") || !language.isEmpty() && byLanguage.containsKey(language)) {
                return locale;
            }
        }
        return Locale.ENGLISH;
    }

    /** The text for {@code key} in that language, or else in English; null if there is none at all. */
    public String text(Locale locale, String key, Object... parameters) {
        String text = byLanguage
                .getOrDefault(locale.getLanguage(), byLanguage.get(""))
                .getProperty(key);
        if (text == null) {
            text = byLanguage.get("").getProperty(key);
        }
        return text == null || parameters == null ? text : fill(text, parameters);
    }

    private static String fill(String text, Object[] parameters) {
        return PLACE.matcher(text).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            Object filling = index < parameters.length ? parameters[index] : place.group();
            return Matcher.quoteReplacement(String.valueOf(filling));
        });
    }

    @Override
    public String resolveMessage(ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
        return text(context.getLocale(), key, parameters);
    }

    /** A missing text is a mistake that is to be seen: the key between question marks. */
    @Override
    public String createAbsentMessageRepresentation(
            ITemplateContext context, Class<?> origin, String key, Object[] parameters) {
        return "??" + key + "??";
    }
}
