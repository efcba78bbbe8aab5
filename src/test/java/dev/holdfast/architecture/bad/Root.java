package dev.holdfast.architecture.bad;

import dev.holdfast.architecture.bad.store.Store;
import java.io.File;
import java.time.Clock;

/** May make the clock and use every room; may not open files. */
public class Root {
    final Store store = new Store();
    final Clock clock = Clock.systemUTC();
    final File file = new File("x");
}
