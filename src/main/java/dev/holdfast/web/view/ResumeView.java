package dev.holdfast.web.view;

/**
 * The page behind a resume link, for {@code resume.html}.
 *
 * @param token the link's; null to ask for a code
 * @param problem why the last try failed; null if there was none
 */
public record ResumeView(String token, String problem) {}
