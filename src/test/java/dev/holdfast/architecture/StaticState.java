package dev.holdfast.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells a constant from state that outlives whoever made it. */
final class StaticState {
    private static final List<String> STATEFUL = List.of(
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "java.lang.ThreadLocal",
            "java.lang.Thread",
            "java.lang.StringBuilder",
            "java.lang.StringBuffer",
            "java.util.concurrent.Executor",
            "java.util.random.RandomGenerator",
            "java.util.BitSet",
            "java.util.Date",
            "java.util.Calendar",
            "java.security.MessageDigest",
            "javax.crypto.Cipher",
            "com.github.benmanes.caffeine.cache.Cache");
    private static final List<String> UNMODIFIABLE = List.of(
            "java.util.ImmutableCollections$",
            "java.util.Collections$Unmodifiable",
            "java.util.Collections$Empty",
            "java.util.Collections$Singleton");

    private StaticState() {}

    /**
     * Why the static field is state; empty if it is a constant. Loads the field's class to look at what a collection
     * is made of.
     */
    static Optional<String> in(JavaField field, String root) {
        JavaClass type = field.getRawType();
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
            return Optional.of(" is not final");
        }
        if (type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE)) {
            return Optional.of(" is an array that others can write to");
        }
        if (STATEFUL.stream()
                .anyMatch(name ->
                        type.isAssignableTo(name) || type.getPackageName().equals(name))) {
            return Optional.of(" holds state: " + type.getName());
        }
        if (type.getPackageName().startsWith(root) && hasVariable(type)) {
            return Optional.of(" is of a type with variables: " + type.getName());
        }
        if (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)) {
            String made = classOfValue(field.reflect());
            return UNMODIFIABLE.stream().anyMatch(made::startsWith)
                    ? Optional.empty()
                    : Optional.of(" is a collection that can be modified: " + made);
        }
        return Optional.empty();
    }

    private static boolean hasVariable(JavaClass type) {
        return type.getAllFields().stream()
                .anyMatch(field -> !field.getModifiers().contains(JavaModifier.FINAL)
                        && !field.getModifiers().contains(JavaModifier.STATIC)
                        && field.getOwner().getPackageName().equals(type.getPackageName()));
    }

    private static String classOfValue(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null).getClass().getName();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot look at " + field, e);
        }
    }
}
