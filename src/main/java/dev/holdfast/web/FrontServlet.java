package dev.holdfast.web;

import dev.holdfast.web.view.Stylesheet;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;

/** The one entry: finds the action for a path. Files of the page are left to the container's own servlet. */
final class FrontServlet extends HttpServlet {
    private static final String STYLESHEET = "/css/page.css";
    private static final List<String> FILES = List.of("/css/", "/js/", "/img/");

    private final transient Routes routes;
    private final transient Problems problems;
    private final byte[] stylesheet;
    /** Null until somebody asks for it: the first page need not wait. */
    private volatile byte[] packedStylesheet;

    private final String stylesheetTag;

    FrontServlet(Routes routes, Problems problems, ServletContext context) {
        this.routes = routes;
        this.problems = problems;
        this.stylesheet = Stylesheet.join(context::getResourceAsStream, "/css/", "page.css")
                .getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(stylesheet);
        this.stylesheetTag = "W/\"" + HexFormat.of().toHexDigits((int) crc.getValue()) + "\"";
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        Optional<Routes.Route> route = routes.find(request);
        boolean file = FILES.stream().anyMatch(path::startsWith);
        if (route.isPresent() && route.get().takes(request.getMethod())) {
            route.get().action().service(request, response);
        } else if (route.isPresent()) {
            refuse(request, response, route.get().methods());
        } else if (file && !Routes.reads(request.getMethod())) {
            refuse(request, response, Routes.READ);
        } else if (path.equals(STYLESHEET)) {
            sendStylesheet(request, response);
        } else if (file) {
            response.setHeader("Cache-Control", "no-cache");
            RequestDispatcher files = request.getServletContext().getNamedDispatcher("default");
            files.forward(request, response);
        } else {
            problems.send(request, response, HttpProblem.notFound());
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String allowed) throws IOException {
        response.setHeader("Allow", allowed);
        problems.send(
                request,
                response,
                new HttpProblem(405, "Not that way", "This address does not take that method. Nothing was changed."));
    }

    /** Once for all: a quarter of the bytes on a slow line, and nothing secret in it that its size could tell of. */
    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail", e);
        }
        return packed.toByteArray();
    }

    private static boolean unpacks(HttpServletRequest request) {
        String encodings = request.getHeader("Accept-Encoding");
        return encodings != null
                && Stream.of(encodings.split(",")).map(String::strip).anyMatch("gzip"::equals);
    }

    private void sendStylesheet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("ETag", stylesheetTag);
        if (stylesheetTag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("text/css;charset=utf-8");
        boolean pack = unpacks(request);
        if (pack && packedStylesheet == null) {
            packedStylesheet = packed(stylesheet); // twice perhaps, and the same
        }
        byte[] body = pack ? packedStylesheet : stylesheet;
        if (pack) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
