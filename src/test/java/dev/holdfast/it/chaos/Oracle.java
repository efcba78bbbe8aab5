package dev.holdfast.it.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what was acknowledged, sent by the provider, heard by readers and found on disk against each other. */
final class Oracle {
    private final UnreliableProvider provider;
    /** How often the server asks the model by itself. */
    private final int tries;

    private final Faults faults;
    private final Set<Integer> callsUsed = new HashSet<>();
    private int acknowledged;
    private int finished;
    private int failed;
    private int interrupted;
    private int kept;
    private int asked;
    private int lost;
    private int doubled;
    private long characters;

    Oracle(UnreliableProvider provider, int tries, Faults faults) {
        this.provider = provider;
        this.tries = tries;
        this.faults = faults;
    }

    /**
     * @param shown what the server shows, as role and text
     * @param pressed the messages that a person had answered again
     */
    void check(Talker talker, List<Stored> stored, List<String> shown, Set<String> pressed) {
        String where = talker.heard().conversation();
        said(where, talker.acknowledged(), stored);
        path(where, stored, shown);
        for (Stored message : stored) {
            if (message.said()) {
                answered(where, message, answers(stored, message), pressed.contains(message.id()));
            } else {
                reply(where, message, stored);
                heard(where, message, talker.heard().replies().get(message.id()));
            }
        }
        Set<String> told = talker.heard().saved();
        Set<String> there = stored.stream().filter(Stored::said).map(Stored::id).collect(Collectors.toSet());
        if (!told.equals(there)) {
            faults.add("%s: saved was told of %s, not of %s", where, told, there);
        }
        if (stored.stream().filter(message -> !message.said()).count()
                != talker.heard().replies().size()) {
            faults.add("%s: replies were heard that are not there", where);
        }
        characters += talker.heard().characters();
    }

    /** Every acknowledged message is there once, in order. */
    private void said(String where, List<String> acknowledged, List<Stored> stored) {
        List<String> expected = acknowledged.stream().map(Secrets::takenOut).toList();
        List<String> found = stored.stream()
                .filter(Stored::said)
                .map(message -> Secrets.unnumbered(message.text()))
                .toList();
        this.acknowledged += expected.size();
        lost += (int) expected.stream().filter(text -> !found.contains(text)).count();
        doubled += found.size() - new HashSet<>(found).size();
        if (!expected.equals(found)) {
            faults.add("%s: acknowledged were\n%s\nand on disk are\n%s", where, expected, found);
        }
    }

    /** What the server shows is what a person said, each with its newest answer. */
    private void path(String where, List<Stored> stored, List<String> shown) {
        List<String> expected = new ArrayList<>();
        for (Stored message : stored) {
            if (message.said()) {
                expected.add("user " + message.text());
                List<Stored> answers = answers(stored, message);
                if (!answers.isEmpty()) {
                    expected.add("assistant " + answers.get(answers.size() - 1).text());
                }
            }
        }
        if (!expected.equals(shown)) {
            faults.add("%s: on disk are\n%s\nand shown are\n%s", where, expected, shown);
        }
    }

    private static List<Stored> answers(List<Stored> stored, Stored question) {
        return stored.stream()
                .filter(message -> !message.said() && message.parent().equals(question.id()))
                .toList();
    }

    /** The turn went on by itself until it was over, or a person was asked. */
    private void answered(String where, Stored message, List<Stored> answers, boolean pressed) {
        boolean over = !answers.isEmpty() && !answers.get(answers.size() - 1).interrupted();
        boolean cutOff = answers.stream()
                .limit(Math.max(0, answers.size() - 1))
                .allMatch(answer -> answer.interrupted() || answer.state().equals("failed"));
        asked += !over || pressed ? 1 : 0;
        if (!over && answers.size() < tries) {
            faults.add(
                    "%s: message %s has no answer, and nobody is asked after %d tries",
                    where, message.id(), answers.size());
        }
        if (!cutOff || !pressed && answers.size() > Math.max(1, tries)) {
            faults.add("%s: message %s was answered %d times", where, message.id(), answers.size());
        }
    }

    /** A reply is what one call sent, whole or as far as it came, to the message that it answers. */
    private void reply(String where, Stored reply, List<Stored> stored) {
        finished += reply.state().equals("complete") ? 1 : 0;
        failed += reply.state().equals("failed") ? 1 : 0;
        interrupted += reply.interrupted() ? 1 : 0;
        journaled(where, reply);
        String kept = Secrets.unnumbered(reply.text());
        Optional<UnreliableProvider.Call> found = provider.callOf(kept);
        if (found.isEmpty()) {
            if (reply.state().equals("complete") || !kept.isEmpty() && !kept.matches("#\\d*")) {
                faults.add("%s: %s, which is %s, comes from no call: %s", where, reply.id(), reply.state(), kept);
            }
            return;
        }
        UnreliableProvider.Call call = found.get();
        String sent = Secrets.takenOut(call.text);
        boolean whole = reply.state().equals("complete");
        if (whole ? !call.whole() || !kept.equals(sent) : !sent.startsWith(kept)) {
            faults.add("%s: %s, which is %s, is\n%s\nand sent was\n%s", where, reply.id(), reply.state(), kept, sent);
        }
        if (reply.state().equals("failed") && !call.breaks()) {
            faults.add("%s: %s failed, and its call did not: %s", where, reply.id(), reply.cause());
        }
        if (!callsUsed.add(call.number)) {
            faults.add("%s: call %d was used before %s", where, call.number, reply.id());
        }
        String question = stored.stream()
                .filter(message -> message.id().equals(reply.parent()))
                .map(message -> Secrets.unnumbered(message.text()))
                .findFirst()
                .orElse("");
        // Messages that nobody answered stand before it in the call, as one with it.
        if (!call.asked.endsWith(question)) {
            faults.add("%s: %s answers “%s”, and stands below “%s”", where, reply.id(), call.asked, question);
        }
    }

    /** Of a reply that a crash cut off all is kept that had been written down; no other one contradicts what was. */
    private void journaled(String where, Stored reply) {
        kept += reply.interrupted() ? reply.text().length() : 0;
        boolean agrees = reply.interrupted()
                ? reply.text().equals(reply.journaled())
                : reply.text().startsWith(reply.journaled());
        if (!agrees) {
            faults.add(
                    "%s: of %s, which is %s, was written down\n%s\nand is kept\n%s",
                    where, reply.id(), reply.state(), reply.journaled(), reply.text());
        }
    }

    /**
     * What was heard is what is there, and each character came once. Of a reply that a crash cut off the readers may know
     * more than what was on disk by then.
     */
    private void heard(String where, Stored reply, Heard.Reply heard) {
        if (heard == null) {
            faults.add("%s: nobody was told of %s", where, reply.id());
            return;
        }
        boolean same = reply.interrupted()
                ? heard.text().startsWith(reply.text())
                : heard.text().equals(reply.text());
        if (!same || !heard.state().equals(reply.state())) {
            faults.add(
                    "%s: %s is %s\n%s\nand heard was %s\n%s",
                    where, reply.id(), reply.state(), reply.text(), heard.state(), heard.text());
        }
        if (heard.characters() != heard.text().length()) {
            faults.add(
                    "%s: of %s, which has %d characters, %d were sent",
                    where, reply.id(), heard.text().length(), heard.characters());
        }
    }

    /** Characters of replies that were cut off and are there all the same. */
    int kept() {
        return kept;
    }

    Map<String, Integer> lostAndDoubled() {
        return Map.of("lost", lost, "doubled", doubled);
    }

    @Override
    public String toString() {
        return acknowledged + " messages acknowledged, " + finished + " replies finished, " + failed
                + " failed as the provider did, " + interrupted + " interrupted and gone on or asked about, with "
                + kept + " characters kept, " + asked
                + " asked, " + characters + " characters on the wire, lost " + lost + ", doubled " + doubled;
    }
}
