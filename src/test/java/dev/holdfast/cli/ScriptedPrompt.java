package dev.holdfast.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A person who types what the test says and then presses Ctrl-D. For one thread. */
final class ScriptedPrompt implements Prompt {
    private final Queue<String> lines;
    private final StringWriter screen = new StringWriter();
    private final PrintWriter out = new PrintWriter(screen);
    private Runnable interrupt = () -> {};

    ScriptedPrompt(String... lines) {
        this.lines = new ArrayDeque<>(List.of(lines));
    }

    /** Everything that the person sees, with their own words. */
    String screen() {
        out.flush();
        return screen.toString();
    }

    /** Presses Ctrl-C. */
    void interrupt() {
        interrupt.run();
    }

    @Override
    public Optional<String> ask(String prompt) {
        out.print(prompt);
        Optional<String> typed = Optional.ofNullable(lines.poll());
        typed.ifPresent(out::println);
        return typed;
    }

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public void onInterrupt(Runnable action) {
        interrupt = action;
    }

    @Override
    public void close() {}
}
