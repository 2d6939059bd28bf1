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
 * The IAM actions that a service's code calls for, found in its byte code: what can be reached from its own classes and
 * from the life cycle that runs its workers, going into the methods of those classes alone that are made on the way.
 */
final class AwsCalls {

    private static final Path ROOT = TaskDefinitions.ECS.getParent();
    private static final Pattern CLIENT =
            Pattern.compile("software\\.amazon\\.awssdk\\.services\\.(\\w+)\\.\\w+Client");
    /** Of a client, but no call to AWS. */
    private static final Set<String> LOCAL =
            Set.of("builder", "close", "create", "serviceClientConfiguration", "serviceName");

    private final JavaClasses classes;
    private final Set<String> made = new HashSet<>();
    private final Set<JavaCodeUnit> reached = new HashSet<>();
    private final Set<String> actions = new TreeSet<>();

    private AwsCalls(JavaClasses classes) {
        this.classes = classes;
    }

    /**
     * The actions, such as {@code sqs:SendMessage}.
     *
     * @param service {@code trade}, of the module {@code stock-trade} and the package {@code finmicro.trade}
     */
    static Set<String> of(String service) {
        JavaClasses classes = new ClassFileImporter().importPaths(classes("stock-" + service), classes("stock-common"));
        AwsCalls calls = new AwsCalls(classes);
        int before;
        do { // what is made on the way opens further ways
            before = calls.made.size();
            calls.reached.clear();
            calls.follow("finmicro." + service + ".");
        } while (calls.made.size() > before);
        return calls.actions;
    }

    private static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    private void follow(String own) {
        Deque<JavaCodeUnit> ways = new ArrayDeque<>();
        classes.stream()
                .filter(type ->
                        type.getName().startsWith(own) || type.getSimpleName().equals("Lifecycle"))
                .flatMap(type -> type.getCodeUnits().stream())
                .forEach(ways::add);
        while (!ways.isEmpty()) {
            JavaCodeUnit way = ways.pop();
            if (reached.add(way)) {
                Stream.concat(way.getCallsFromSelf().stream(), way.getCodeUnitReferencesFromSelf().stream())
                        .map(JavaAccess::getTarget)
                        .map(CodeUnitAccessTarget.class::cast)
                        .forEach(target -> call(target, ways));
            }
        }
    }

    private void call(CodeUnitAccessTarget target, Deque<JavaCodeUnit> ways) {
        Matcher client = CLIENT.matcher(target.getOwner().getName());
        if (client.matches()) {
            if (!LOCAL.contains(target.getName())) {
                actions.add(client.group(1) + ":" + action(target.getName()));
            }
        } else if (target.getOwner().getName().startsWith("finmicro.")) {
            if (target.getName().equals("<init>")) {
                made.add(target.getOwner().getName());
            }
            implementations(target.getOwner())
                    .flatMap(type -> type.getCodeUnits().stream())
                    .filter(unit -> unit.getName().equals(target.getName()))
                    .forEach(ways::push);
        }
    }

    /** A type itself, and those of its subtypes that are made. */
    private Stream<JavaClass> implementations(JavaClass type) {
        return Stream.concat(
                Stream.of(type), type.getAllSubclasses().stream().filter(sub -> made.contains(sub.getName())));
    }

    /** IAM knows no batches: the permission is that of a single message. */
    private static String action(String method) {
        return Character.toUpperCase(method.charAt(0)) + method.substring(1).replaceFirst("Batch$", "");
    }
}
