package finmicro.ecs;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the IAM actions that a service requires, by analysis of its byte code: the AWS calls reachable from its own classes
 * and from the life cycle of its workers. Of overridden methods, only those of instantiated classes are followed.
 */
final class AwsCalls {

    private static final Path ROOT = TaskDefinitions.ECS.getParent();
    private static final Pattern CLIENT =
            Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.\\w+Client");
    /** Client methods that do not call AWS. */
    private static final Set<String> LOCAL =
            Set.of("builder", "close", "create", "serviceClientConfiguration", "serviceName");

    private final JavaClasses classes;
    private final Set<String> instantiated = new HashSet<>();
    private final Set<JavaCodeUnit> reached = new HashSet<>();
    private final Set<String> actions = new TreeSet<>();

    private AwsCalls(JavaClasses classes) {
        this.classes = classes;
    }

    /**
     * The actions, such as {@code sqs:SendMessage}.
     *
     * @param service {@code trade} for the module {@code stock-trade} and the package {@code finmicro.trade}
     */
    static Set<String> of(String service) {
        JavaClasses classes = new ClassFileImporter().importPaths(classes("stock-" + service), classes("stock-common"));
        AwsCalls calls = new AwsCalls(classes);
        int before;
        do { // newly instantiated classes make more methods reachable
            before = calls.instantiated.size();
            calls.reached.clear();
            calls.follow("finmicro." + service + ".");
        } while (calls.instantiated.size() > before);
        return calls.actions;
    }

    private static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    private void follow(String own) {
        Deque<JavaCodeUnit> pending = new ArrayDeque<>();
        classes.stream()
                .filter(type ->
                        type.getName().startsWith(own) || type.getSimpleName().equals("Lifecycle"))
                .flatMap(type -> type.getCodeUnits().stream())
                .forEach(pending::add);
        while (!pending.isEmpty()) {
            JavaCodeUnit unit = pending.pop();
            if (reached.add(unit)) {
                Stream.concat(unit.getCallsFromSelf().stream(), unit.getCodeUnitReferencesFromSelf().stream())
                        .map(JavaAccess::getTarget)
                        .map(CodeUnitAccessTarget.class::cast)
                        .forEach(target -> call(target, pending));
            }
        }
    }

    private void call(CodeUnitAccessTarget target, Deque<JavaCodeUnit> pending) {
        Matcher client = CLIENT.matcher(target.getOwner().getName());
        if (client.matches()) {
            if (!LOCAL.contains(target.getName())) {
                actions.add(client.group(1) + ":" + action(target.getName()));
            }
        } else if (target.getOwner().getName().startsWith("finmicro.")) {
            if (target.getName().equals("<init>")) {
                instantiated.add(target.getOwner().getName());
            }
            implementations(target.getOwner())
                    .flatMap(type -> type.getCodeUnits().stream())
                    .filter(method -> method.getName().equals(target.getName()))
                    .forEach(pending::push);
        }
    }

    /** The type and its instantiated subtypes. */
    private Stream<JavaClass> implementations(JavaClass type) {
        return Stream.concat(
                Stream.of(type), type.getAllSubclasses().stream().filter(sub -> instantiated.contains(sub.getName())));
    }

    /** IAM has no actions for batches: the action of a single message applies. */
    private static String action(String method) {
        return Character.toUpperCase(method.charAt(0)) + method.substring(1).replaceFirst("Batch$", "");
    }
}
