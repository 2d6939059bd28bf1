package finmicro.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import finmicro.local.Project;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The measured figures, in order of measurement: a table for people, JSON for programs. */
final class Figures {

    /**
     * One figure.
     *
     * @param name of the measurement
     * @param unit of the value; empty for a ratio
     * @param target e.g. {@code <= 50}; empty for a figure without a target
     * @param reached null without a target
     */
    record Figure(String name, double value, String unit, String target, Boolean reached) {}

    private final List<Figure> figures = new ArrayList<>();
    private final long begin = System.nanoTime();
    private final PrintStream out;

    /** @param out receives each figure at once, with the elapsed minutes and seconds */
    private Figures(PrintStream out) {
        this.out = out;
    }

    /** Adds a figure without a target. */
    void add(String name, double value, String unit) {
        add(new Figure(name, value, unit, "", null));
    }

    /** Adds a figure that must be at least {@code target}. */
    void atLeast(String name, double value, String unit, double target) {
        add(new Figure(name, value, unit, ">= " + number(target), value >= target));
    }

    /** Adds a figure that must be at most {@code target}. */
    void atMost(String name, double value, String unit, double target) {
        add(new Figure(name, value, unit, "<= " + number(target), value <= target));
    }

    private void add(Figure figure) {
        figures.add(figure);
        long seconds = (System.nanoTime() - begin) / 1_000_000_000L;
        out.printf("%2d:%02d %s%n", seconds / 60, seconds % 60, line(figure));
    }

    double value(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** Prints the figures that have a target, and the number of targets reached. */
    private void print() {
        out.println();
        List<Figure> targets =
                figures.stream().filter(figure -> figure.reached() != null).toList();
        targets.forEach(figure -> out.println(line(figure)));
        out.printf(
                "%d of %d reached%n", targets.stream().filter(Figure::reached).count(), targets.size());
    }

    private static String line(Figure figure) {
        String reached = figure.reached() == null ? "" : figure.reached() ? "reached" : "NOT REACHED";
        return "%-72s %10s %-10s %-9s %s"
                .formatted(figure.name(), number(figure.value()), figure.unit(), figure.target(), reached)
                .stripTrailing();
    }

    private static String number(double value) {
        return Math.abs(value) >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** A measurement that adds its figures. */
    interface Measurement {
        void measure(Figures figures) throws Exception;
    }

    /**
     * Runs a measurement and prints its figures. Exits the JVM with 1 if it fails.
     *
     * @param file below {@code stock-local/target}
     */
    static void of(Measurement measurement, String file) {
        try {
            Figures figures = new Figures(System.out);
            measurement.measure(figures);
            figures.print();
            figures.write(Project.located().target(file));
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** Writes all figures as JSON, with the machine and JVM of the measurement. */
    private void write(Path file) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", Instant.now().toString());
        document.put("processors", Runtime.getRuntime().availableProcessors());
        document.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        document.put("figures", figures);
        try {
            Files.createDirectories(file.getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println("All figures as JSON: " + file);
    }
}
