package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Production code must not use monitors ({@code synchronized}). On Java 21, which the image runs, a virtual thread that blocks
 * while it holds a monitor pins its carrier thread. A small task has one or two carriers, so a slow dependency of one worker
 * would stop all workers. Locks of {@code java.util.concurrent} release the carrier. The rule checks the byte code; exceptions
 * are listed with a reason.
 */
class MonitorsTest {

    /** Classes that use a monitor, and why nothing blocks while they hold it. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "finmicro.common.events.EventLog", "reads and writes a map in memory",
            "finmicro.common.persistence.CommitQueue", "changes a queue in memory; requests wait outside the monitor");

    private static final Path TEST_CLASSES = Path.of("target/test-classes");

    @ParameterizedTest
    @ValueSource(strings = {"stock-common", "stock-items", "stock-trade", "stock-balance", "stock-market"})
    void servicesDoNotUseMonitors(String module) throws IOException {
        List<MonitorVisitor> classes = classes(Path.of("..", module, "target/classes"));

        assertThat(classes).hasSizeGreaterThan(10).allSatisfy(type -> {
            if (!EXCEPTIONS.containsKey(type.name)) {
                assertThat(type.monitors).as(type.name).isEmpty();
            }
        });
    }

    /** Proves that the rule finds violations. */
    @Test
    void synchronizedMethodsAndBlocksAreFoundInLambdasToo() throws IOException {
        assertThat(classes(TEST_CLASSES))
                .filteredOn(type -> type.name.equals(Example.class.getName()))
                .singleElement()
                .satisfies(example -> assertThat(example.monitors)
                        .hasSize(3)
                        .contains("method", "block")
                        .anyMatch(found -> found.startsWith("lambda$")));
    }

    private static List<MonitorVisitor> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(MonitorsTest::read)
                    .toList();
        }
    }

    private static MonitorVisitor read(Path file) {
        MonitorVisitor visitor = new MonitorVisitor();
        try {
            new ClassReader(Files.readAllBytes(file)).accept(visitor, ClassReader.SKIP_DEBUG);
            return visitor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class MonitorVisitor extends ClassVisitor {

        /** Methods that use a monitor. */
        private final Set<String> monitors = new HashSet<>();

        private String name;

        MonitorVisitor() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version, int access, String type, String signature, String superName, String[] interfaces) {
            name = type.replace('/', '.');
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                monitors.add(method);
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        monitors.add(method);
                    }
                }
            };
        }
    }

    /** Violations of the rule. */
    static final class Example {

        private final Object monitor = new Object();

        synchronized Set<String> method() {
            return Set.of();
        }

        void block() {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }

        Runnable lambda() {
            return () -> {
                synchronized (monitor) {
                    monitor.notifyAll();
                }
            };
        }

        void none() {
            monitor.toString();
        }
    }
}
