package dev.holdfast.window;

import dev.holdfast.conversation.Block;
import dev.holdfast.conversation.Message;
import dev.holdfast.conversation.Role;
import dev.holdfast.conversation.Stop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A conversation as chance has it: replies that say nothing, tools of both kinds of providers, calls that were never
 * answered, results of nobody's call, and whatever stands in files of other programs.
 */
final class ChancePath {
    private final Random random;
    private final int heaviest;
    private final Paths paths = new Paths();
    /** How long the path is when a model is asked. */
    private final Set<Integer> asked = new HashSet<>();

    private int ids;

    ChancePath(Random random) {
        this.random = random;
        heaviest = 1 + random.nextInt(80);
        if (random.nextInt(4) == 0) {
            paths.system(weight()).reply(weight()).results(weight(), "nobody's");
        }
        for (int turns = 1 + random.nextInt(40); turns > 0; turns--) {
            turn();
        }
    }

    List<Message> all() {
        return paths.all();
    }

    /** Whether a model is asked when the path is so long. */
    boolean asks(int length) {
        return asked.contains(length);
    }

    private int weight() {
        return 1 + random.nextInt(heaviest);
    }

    private void turn() {
        paths.user(weight());
        ask();
        for (int steps = random.nextInt(5); steps > 2; steps--) {
            step();
        }
        switch (random.nextInt(6)) {
            case 0 -> paths.emptyReply();
            case 1 -> paths.reply(weight(), Stop.STOPPED);
            case 2 -> paths.add(Role.ASSISTANT, Stop.FAILED, new Block.Text(" \n"));
            case 3 -> paths.add(Role.ASSISTANT, Stop.STOPPED, new Block.Thinking("hm", ""));
            default -> paths.reply(weight());
        }
    }

    private void ask() {
        asked.add(paths.size());
    }

    private void step() {
        String first = "c" + ids++;
        String second = random.nextInt(10) == 0 ? first : "c" + ids++;
        switch (random.nextInt(12)) {
            case 0 -> paths.calls(weight(), first);
            case 1 -> paths.toolCalls(weight(), first, second);
            case 2 -> paths.results(weight(), "nobody's");
            case 3 -> paths.tool(weight());
            case 4 ->
                paths.calls(weight(), first, second).results(weight(), first).reply(weight());
            case 5 -> paths.toolCalls(weight(), first, second).tool(weight()).reply(weight());
            case 6 -> paths.calls(weight(), first).reply(weight()).results(weight(), first);
            case 7 ->
                paths.add(
                        Role.ASSISTANT, Stop.COMPLETE, Paths.weight(weight()), Paths.call(first), Paths.result(first));
            case 8 -> paths.system(weight());
            case 9, 10 -> anthropic(first, second);
            default -> openAi(first, second);
        }
    }

    private void anthropic(String first, String second) {
        paths.calls(weight(), first, second);
        if (random.nextInt(5) == 0) {
            paths.emptyReply();
        }
        if (random.nextBoolean()) {
            paths.results(weight(), second, first);
        } else {
            List<Block> late = new ArrayList<>(List.of(Paths.weight(weight()), Paths.result(first)));
            late.add(Paths.result(second));
            paths.add(Role.USER, Stop.COMPLETE, late.toArray(Block[]::new));
        }
        ask();
    }

    private void openAi(String first, String second) {
        paths.toolCalls(weight(), first, second).tool(weight());
        if (!first.equals(second)) {
            paths.tool(weight());
        }
        if (random.nextInt(5) == 0) {
            paths.tool(weight()); // Nobody's.
        } else {
            ask();
        }
    }
}
