package dev.holdfast.bench;

/** What figures depend on, for the heading of a table. */
final class Machine {
    private Machine() {}

    static String described() {
        return "JDK " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores";
    }
}
