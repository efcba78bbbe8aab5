package dev.holdfast.web;

import dev.holdfast.agent.LiveConversation;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** How many objects of a class are alive: the virtual machine collects garbage before it counts. */
final class LiveInMemory {
    private LiveInMemory() {}

    static long count() throws JMException {
        return count(LiveConversation.class);
    }

    static long count(Class<?> type) throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .filter(line -> line.matches(".* " + type.getName().replace(".", "\\.") + "( .*)?"))
                .map(line -> line.strip().split("\\s+")[1])
                .mapToLong(Long::parseLong)
                .sum();
    }
}
