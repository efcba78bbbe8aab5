package dev.holdfast.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.holdfast.architecture.Rooms.Calls;
import dev.holdfast.architecture.Rooms.Door;
import dev.holdfast.architecture.Rooms.HandedIn;
import dev.holdfast.architecture.Rooms.Room;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;

/** The rules that follow from {@link Rooms}, for the classes of one root package. A room without classes keeps them all. */
final class RoomRules {
    private final String root;

    /** @param root full name of the package that the rooms lie in */
    RoomRules(String root) {
        this.root = root;
    }

    /** Every class lies in a room of the table, or in the root package. */
    ArchRule everyPackageIsARoom() {
        return check("lie in a room of the table", (javaClass, events) -> {
            String room = room(javaClass);
            if (!room.equals(Rooms.ROOT)
                    && Rooms.TABLE.stream().noneMatch(row -> row.name().equals(room))) {
                events.add(violation(javaClass, javaClass.getName() + " lies in " + room + ", which is no room"));
            }
        });
    }

    /** The room imports nothing of ours but what its row names. */
    ArchRule imports(Room room) {
        return check("in " + room.name() + " import " + room.mayImport() + " only", (javaClass, events) -> {
            if (!room(javaClass).equals(room.name())) {
                return;
            }
            javaClass.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> isOurs(dependency.getTargetClass().getBaseComponentType()))
                    .filter(dependency -> {
                        String target = room(dependency.getTargetClass().getBaseComponentType());
                        return !target.equals(room.name()) && !room.mayImport().contains(target);
                    })
                    .forEach(dependency -> events.add(violation(javaClass, dependency.getDescription())));
        });
    }

    /** No two rooms import each other, on whatever way round. */
    ArchRule noCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    /** What lies behind the door is used from the named places only. */
    ArchRule door(Door door) {
        return check("reach " + door.what() + " from " + door.by() + " only", (javaClass, events) -> {
            if (door.by().stream().anyMatch(place -> isIn(javaClass, place))) {
                return;
            }
            javaClass.getDirectDependenciesFromSelf().stream()
                    .filter(dependency ->
                            isBehind(door, dependency.getTargetClass().getBaseComponentType()))
                    .forEach(dependency -> events.add(violation(javaClass, dependency.getDescription())));
        });
    }

    /** Time, chance and threads are made in the root package only. */
    ArchRule handedIn() {
        return check("be handed time, chance and threads", (javaClass, events) -> {
            if (room(javaClass).equals(Rooms.ROOT)) {
                return;
            }
            javaClass.getCodeUnitAccessesFromSelf().stream()
                    .filter(access -> Rooms.HANDED_IN.stream().anyMatch(row -> means(row, access)))
                    .forEach(access -> events.add(violation(javaClass, access.getDescription())));
        });
    }

    /** No state is static. */
    ArchRule noStaticState() {
        ArchCondition<JavaField> condition = new ArchCondition<>("hold no state") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                StaticState.in(field, root)
                        .ifPresent(why -> events.add(SimpleConditionEvent.violated(field, field.getFullName() + why)));
            }
        };
        return fields().that()
                .areStatic()
                .and(DescribedPredicate.describe("written by us", RoomRules::isWritten))
                .should(condition)
                .allowEmptyShould(true);
    }

    private static boolean isWritten(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean means(HandedIn row, JavaCodeUnitAccess<?> access) {
        List<JavaClass> parameters = access.getTarget().getRawParameterTypes();
        String name = access.getName();
        boolean named = row.name().endsWith("*")
                ? name.startsWith(row.name().substring(0, row.name().length() - 1))
                : name.equals(row.name());
        return named
                && !isSuperCall(access)
                && access.getTargetOwner().isAssignableTo(row.owner())
                && (row.calls() == Calls.ALL || parameters.isEmpty())
                && parameters.stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    /** A subclass that calls its superclass's constructor makes nothing yet; whoever calls its own does. */
    private static boolean isSuperCall(JavaAccess<?> access) {
        return access.getOrigin().isConstructor()
                && access.getName().equals("<init>")
                && access.getOriginOwner()
                        .isAssignableTo(access.getTargetOwner().getName());
    }

    private static boolean isBehind(Door door, JavaClass javaClass) {
        return door.behind().stream()
                .anyMatch(behind -> behind.endsWith("..")
                        ? (javaClass.getPackageName() + ".").startsWith(behind.substring(0, behind.length() - 1))
                        : isOrIsWithin(javaClass.getName(), behind));
    }

    private boolean isIn(JavaClass javaClass, String place) {
        return room(javaClass).equals(place)
                || !place.isEmpty() && isOrIsWithin(javaClass.getName(), root + "." + place);
    }

    private static boolean isOrIsWithin(String name, String outer) {
        return name.equals(outer) || name.startsWith(outer + "$");
    }

    private boolean isOurs(JavaClass javaClass) {
        return (javaClass.getPackageName() + ".").startsWith(root + ".");
    }

    /** The first package name below the root. */
    private String room(JavaClass javaClass) {
        String below = (javaClass.getPackageName() + ".").substring(root.length() + 1);
        return below.isEmpty() ? Rooms.ROOT : below.substring(0, below.indexOf('.'));
    }

    private static ArchRule check(String what, BiConsumer<JavaClass, ConditionEvents> check) {
        ArchCondition<JavaClass> condition = new ArchCondition<>(what) {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                check.accept(javaClass, events);
            }
        };
        return classes().should(condition).allowEmptyShould(true);
    }

    private static ConditionEvent violation(JavaClass javaClass, String message) {
        return SimpleConditionEvent.violated(javaClass, message);
    }
}
