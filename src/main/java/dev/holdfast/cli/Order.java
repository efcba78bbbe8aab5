package dev.holdfast.cli;

import dev.holdfast.config.Durations;
import dev.holdfast.conversation.ConversationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an operator wants done: a command with its arguments, checked.
 *
 * @param only the one conversation that is meant; empty: all
 * @param olderThan for {@code purge}: how long ago what is removed must have been deleted; empty: as it is set
 * @param json for {@code doctor}: JSON instead of sentences
 */
record Order(OperatorCommand command, Optional<ConversationId> only, Optional<Duration> olderThan, boolean json) {
    static final String JSON = "--json";
    static final String OLDER_THAN = "--older-than";

    /** @throws IllegalArgumentException if the command cannot take these arguments; the message is a sentence */
    Order {
        String word = command.word();
        switch (command.named()) {
            case NEVER -> require(only.isEmpty(), word + " takes no conversation id.");
            case ALWAYS -> require(only.isPresent(), word + " needs the id of a conversation.");
            case MAYBE -> {
                // as it likes
            }
        }
        require(!json || command == OperatorCommand.DOCTOR, word + " does not know " + JSON + ".");
        if (command == OperatorCommand.PURGE) {
            require(
                    only.isEmpty() || olderThan.isEmpty(),
                    "purge takes either the id of a conversation or " + OLDER_THAN + ", not both.");
        } else {
            require(olderThan.isEmpty(), word + " does not know " + OLDER_THAN + ".");
        }
    }

    /**
     * The order that the words of a command line give.
     *
     * @throws IllegalArgumentException if they give none; the message is a sentence
     */
    static Order parse(String word, List<String> arguments) {
        OperatorCommand command = OperatorCommand.byWord(word)
                .orElseThrow(() -> new IllegalArgumentException("Unknown command. Known are: "
                        + Arrays.stream(OperatorCommand.values())
                                .map(OperatorCommand::word)
                                .collect(Collectors.joining(", "))
                        + "."));
        Optional<ConversationId> only = Optional.empty();
        Optional<Duration> olderThan = Optional.empty();
        boolean json = false;
        for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
            String argument = left.next();
            if (argument.equals(JSON)) {
                json = true;
            } else if (argument.equals(OLDER_THAN)) {
                olderThan = Optional.of(duration(left));
            } else {
                require(only.isEmpty(), word + " takes one conversation id.");
                only = Optional.of(id(argument));
            }
        }
        return new Order(command, only, olderThan, json);
    }

    private static Duration duration(Iterator<String> left) {
        return Optional.ofNullable(left.hasNext() ? left.next() : null)
                .flatMap(Durations::parse)
                .orElseThrow(() ->
                        new IllegalArgumentException(OLDER_THAN + " is followed by a duration such as 12h or 30d."));
    }

    private static ConversationId id(String argument) {
        return ConversationId.parse(argument)
                .orElseThrow(() -> new IllegalArgumentException("That is no conversation id. One has "
                        + ConversationId.LENGTH + " characters, as in its page's address and its file's name."));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** What {@link #parse} reads as this order. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        only.ifPresent(id -> arguments.add(id.value()));
        olderThan.ifPresent(age -> arguments.addAll(List.of(OLDER_THAN, Durations.write(age))));
        if (json) {
            arguments.add(JSON);
        }
        return List.copyOf(arguments);
    }
}
