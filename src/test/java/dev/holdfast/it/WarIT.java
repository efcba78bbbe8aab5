package dev.holdfast.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code target/holdfast.war} in a stock Jetty: the same program as the jar. */
@Timeout(180)
class WarIT {
    private static final Path WAR = Path.of(System.getProperty("holdfast.war", "target/holdfast.war"));

    @TempDir
    Path folder;

    /** Nothing is started twice where the container also looks for what nobody named. */
    @ParameterizedTest
    @ValueSource(strings = {"server,http,ee11-deploy", "server,http,ee11-deploy,ee11-annotations"})
    void conversationIsHeldAndKept(String modules) throws IOException {
        Path base = Files.createDirectory(folder.resolve("base"));
        Path data = folder.resolve("data");
        Map<String, String> settings = Map.of("HOLDFAST_DATA", data.toString(), "HOLDFAST_MODEL_PROVIDER", "built-in");
        try (StockJetty jetty = StockJetty.serve(WAR, base, settings, modules)) {
            Visitor visitor = new Visitor(jetty.address());

            HttpResponse<String> page = visitor.get("");
            assertEquals(200, page.statusCode(), page.body());
            assertTrue(page.body().contains("Holdfast"), page.body());
            assertEquals(404, visitor.get("WEB-INF/templates/chat.html").statusCode());
            String conversation = visitor.begin("My name is Olga. What is my name?");
            visitor.awaitReply(conversation);
            assertEquals(2, visitor.messages(conversation).size());

            jetty.process().stop();
            assertFalse(Files.exists(base.resolve("data")), "kept where the setting says");
            assertTrue(Files.isDirectory(data.resolve("conversations")));
        }
    }

    @Test
    void warBringsThePageOnceAndNoServer() throws IOException {
        try (ZipFile war = new ZipFile(WAR.toFile())) {
            List<String> names = war.stream().map(ZipEntry::getName).toList();

            assertNotNull(war.getEntry("WEB-INF/templates/chat.html"));
            assertEquals(
                    1,
                    names.stream().filter(name -> name.endsWith("/chat.html")).count());
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> name.matches(".*(jetty-server|jetty-ee11|servlet-api|jline|picocli).*"))
                            .toList());
        }
    }
}
