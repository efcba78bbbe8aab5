package dev.holdfast.faults;

import dev.holdfast.journal.Disk;
import dev.holdfast.journal.DiskFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A disk on which nothing is forced, and which does not say so. */
public final class Unforced {
    private Unforced() {}

    /** {@code disk} without its forces. */
    public static Disk of(Disk disk) {
        return without(Disk.class, disk);
    }

    private static <T> T without(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("force")) {
                        return null;
                    }
                    Object result = call(method, real, arguments);
                    return result instanceof DiskFile file ? without(DiskFile.class, file) : result;
                }));
    }

    private static Object call(Method method, Object real, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
